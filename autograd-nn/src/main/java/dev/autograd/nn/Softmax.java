package dev.autograd.nn;

import dev.autograd.Tensor;

/**
 * Numbers along an axis made positive with the sum 1, {@code eˣ / Σ eˣ}; see {@link
 * Tensor#softmax(int)}. For {@link dev.autograd.Losses#crossEntropy} leave it out: that takes x.
 *
 * @param axis the axis, negative ones from the end; usually -1
 */
public record Softmax(int axis) implements Layer {

  /**
   * Returns the shares.
   *
   * @throws dev.autograd.ShapeException if there is no such axis
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.softmax(axis);
  }

  /** Returns the setting, as in {@code Softmax(axis -1)}. */
  @Override
  public String toString() {
    return "Softmax(axis " + axis + ")";
  }
}
