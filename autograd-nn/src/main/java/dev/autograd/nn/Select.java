package dev.autograd.nn;

import dev.autograd.Tensor;

/**
 * One place along an axis, which disappears: of {@code [batch, time, features]} at axis 1 and index
 * -1, the last step, {@code [batch, features]}.
 *
 * @param axis the axis, negative ones from the end
 * @param index the place, negative ones from the end
 */
public record Select(int axis, int index) implements Layer {

  /** Returns the layer that takes the last of the time steps of {@code [batch, time, ...]}. */
  public static Select lastStep() {
    return new Select(1, -1);
  }

  /**
   * Returns the elements at the place.
   *
   * @throws dev.autograd.ShapeException if there is no such axis or place
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.select(axis, index);
  }

  /** Returns the settings, as in {@code Select(axis 1, index -1)}. */
  @Override
  public String toString() {
    return "Select(axis " + axis + ", index " + index + ")";
  }
}
