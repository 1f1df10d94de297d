package dev.autograd;

/**
 * The local derivative of an operation with respect to one input: it maps the gradient {@code g} of
 * the output to the gradient of that input, {@code g · ∂output/∂input}.
 *
 * <p>Written in tensor operations it can itself be differentiated. It must be linear in {@code g}.
 * The result has the shape of the input, or one that broadcasting made of it: the sweep sums it
 * back.
 */
@FunctionalInterface
public interface Pullback {

  /**
   * Returns the gradient of the input.
   *
   * @param g the gradient of the output, with the output's shape and type
   */
  Tensor apply(Tensor g);

  /**
   * Returns a pullback that may be computed on raw arrays, because it promises no second
   * derivative: differentiating its result is an error instead of a silent zero.
   */
  static Pullback once(Pullback pullback) {
    return new OncePullback(pullback);
  }

  /** A pullback whose formula uses the operation's output {@code y}, which is kept for it. */
  @FunctionalInterface
  interface WithOutput {

    /**
     * Returns the gradient of the input.
     *
     * @param g the gradient of the output
     * @param y the recorded output
     */
    Tensor apply(Tensor g, Tensor y);
  }
}
