package dev.autograd.nn;

import dev.autograd.Tensor;

/**
 * {@code x} where it is positive, else {@code slope · x}; see {@link Tensor#leakyRelu(double)}.
 *
 * @param slope the slope on the negative side, usually 0.01
 */
public record LeakyRelu(double slope) implements Layer {

  /** Returns the function of each element. */
  @Override
  public Tensor forward(Tensor x) {
    return x.leakyRelu(slope);
  }

  /** Returns the setting, as in {@code LeakyRelu(0.01)}. */
  @Override
  public String toString() {
    return "LeakyRelu(" + slope + ")";
  }
}
