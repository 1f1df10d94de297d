package dev.autograd.testkit;

import dev.autograd.Tensor;

/** What lies on the edges of a graph while it runs: nothing, a probe, a cut. */
@FunctionalInterface
public interface Wiring {

  /** Passes every value on as it is. */
  Wiring PLAIN = (from, to, value) -> value;

  /**
   * Returns what an instruction gets for an operand.
   *
   * @param from the id of the operand
   * @param to the id of the value it is used for
   * @param value the operand
   */
  Tensor carry(int from, int to, Tensor value);
}
