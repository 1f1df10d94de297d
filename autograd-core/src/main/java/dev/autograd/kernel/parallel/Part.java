package dev.autograd.kernel.parallel;

/** One of the numbered parts of a job, to be done in any order and on any thread. */
interface Part {
  void run(int part);
}
