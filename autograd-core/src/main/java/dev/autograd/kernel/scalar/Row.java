package dev.autograd.kernel.scalar;

/**
 * A row of numbers of either element type, read in double precision, run by run: what is made of a
 * row is written once for both types.
 */
interface Row {

  /** Returns the number of elements. */
  int size();

  /** Returns the first element of a row that is not empty. */
  double first();

  /** Returns the sum over all runs, whose order follows from the size alone. */
  double sum(RunSum sumOfRun);

  /** Returns the largest magnitude; NaN if there is one, 0 of nothing. */
  double largest();

  /** Returns the smallest magnitude; NaN if there is one, +∞ of nothing. */
  double smallest();
}
