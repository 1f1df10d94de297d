package dev.autograd.kernel.scalar;

/** Makes one number, a sum of some kind, of the first n elements of a run of a {@link Row}. */
interface RunSum {
  double of(double[] run, int n);
}
