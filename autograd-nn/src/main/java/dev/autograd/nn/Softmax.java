package dev.autograd.nn;

import dev.autograd.Tensor;

/**
 * {@link Tensor#softmax} as a layer. Losses take the numbers before it: {@code crossEntropy} does
 * its own, more exactly.
 *
 * @param axis the axis along which the results sum to 1; negative ones count from the end
 */
public record Softmax(int axis) implements Layer {

  /** Returns the softmax along the axis: {@code [...] -> [...]}. */
  @Override
  public Tensor forward(Tensor x) {
    return x.softmax(axis);
  }
}
