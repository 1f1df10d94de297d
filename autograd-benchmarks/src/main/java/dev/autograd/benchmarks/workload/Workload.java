package dev.autograd.benchmarks.workload;

/** A workload on one engine, ready to run. */
public interface Workload extends AutoCloseable {

  /** Goes back to the start: first weights, and an optimiser that remembers nothing. */
  default void reset() {}

  /** Makes one step of training, or computes one value with its gradient. */
  void step();

  /**
   * Returns a quantity to check: {@code loss} of the current weights, or a number out of the last
   * step's results.
   *
   * @throws IllegalArgumentException if the workload has no such quantity
   */
  double value(String quantity);

  @Override
  default void close() {}

  /** Returns the refusal of a quantity that a workload does not have. */
  static IllegalArgumentException unknown(String quantity) {
    return new IllegalArgumentException("no quantity \"" + quantity + "\" in this workload");
  }
}
