package dev.autograd.examples.notes;

import dev.autograd.Tensor;

/**
 * One gradient, twice.
 *
 * @param name what the note calls it
 * @param formula the note's formula
 * @param note the formula's value
 * @param gradient what the library differentiated, of the same shape
 */
public record Equation(String name, String formula, Tensor note, Tensor gradient) {

  /**
   * Checks that the two are comparable.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public Equation {
    if (!note.shape().equals(gradient.shape())) {
      throw new IllegalArgumentException(
          name + ": the formula is " + note.shape() + " and the gradient " + gradient.shape());
    }
  }

  /** Returns the largest difference of two elements. */
  public double difference() {
    return note.sub(gradient).abs().max().item();
  }
}
