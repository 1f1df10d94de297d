package dev.autograd;

import static dev.autograd.Compute.zip;

import dev.autograd.kernel.Binary;

/**
 * The gradients of functions whose slope follows from the value y alone, as operations of g and y.
 */
final class OutputSlopes {

  private OutputSlopes() {}

  /** Returns {@code g (1 - y²)}. */
  static Tensor tanh(Tensor g, Tensor y) {
    Tensor value = zip(Binary.TANH_GRAD, g, y);
    return Recording.isUnseen(g, y)
        ? value
        : g.record(
            "tanhGrad", value, h -> tanh(h, y), y, h -> GradientProduct.of(h, g).chain(y).mul(-2));
  }

  /** Returns {@code g y (1 - y)}. */
  static Tensor sigmoid(Tensor g, Tensor y) {
    Tensor value = zip(Binary.SIGMOID_GRAD, g, y);
    return Recording.isUnseen(g, y)
        ? value
        : g.record(
            "sigmoidGrad",
            value,
            h -> sigmoid(h, y),
            y,
            h -> GradientProduct.of(h, g).chain(y.mul(-2).add(1)));
  }

  /** Returns g where y is positive, else 0. */
  static Tensor relu(Tensor g, Tensor y) {
    Tensor kinked = y.detach();
    return g.record("reluGrad", zip(Binary.RELU_GRAD, g, kinked), h -> relu(h, kinked));
  }
}
