package dev.autograd.nn;

import dev.autograd.Tensor;

/**
 * {@code x} where it is positive, else {@code alpha (eˣ - 1)}; see {@link Tensor#elu(double)}.
 *
 * @param alpha the limit on the negative side, usually 1
 */
public record Elu(double alpha) implements Layer {

  /** Returns the function of each element. */
  @Override
  public Tensor forward(Tensor x) {
    return x.elu(alpha);
  }
}
