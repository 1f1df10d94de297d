package dev.autograd.nn;

import dev.autograd.Tensor;

/**
 * {@link Tensor#leakyRelu} as a layer.
 *
 * @param slope the factor of negative numbers
 */
public record LeakyRelu(double slope) implements Layer {

  /** Returns the function of each element: {@code [...] -> [...]}. */
  @Override
  public Tensor forward(Tensor x) {
    return x.leakyRelu(slope);
  }
}
