package dev.autograd;

import dev.autograd.kernel.Unary;
import java.util.Locale;

/**
 * The functions that {@link Tensor#linear(Tensor, Tensor, Activation)} applies in the same pass as
 * its bias: those whose slope follows from the value, so that nothing else is kept.
 */
public enum Activation {
  /** The identity. */
  IDENTITY,
  /** {@link Tensor#relu()}. */
  RELU,
  /** {@link Tensor#tanh()}. */
  TANH,
  /** {@link Tensor#sigmoid()}. */
  SIGMOID;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Returns the function of a tensor, an operation by itself. */
  public Tensor apply(Tensor x) {
    return switch (this) {
      case IDENTITY -> x;
      case RELU -> x.relu();
      case TANH -> x.tanh();
      case SIGMOID -> x.sigmoid();
    };
  }

  /** Returns the loop over numbers; not for the identity, which needs none. */
  Unary function() {
    return switch (this) {
      case IDENTITY -> throw new IllegalStateException("the identity needs no loop");
      case RELU -> Unary.RELU;
      case TANH -> Unary.TANH;
      case SIGMOID -> Unary.SIGMOID;
    };
  }

  /** Returns the gradient g of the value y, times the slope. */
  Tensor gradient(Tensor g, Tensor y) {
    return switch (this) {
      case IDENTITY -> g;
      case RELU -> OutputSlopes.relu(g, y);
      case TANH -> OutputSlopes.tanh(g, y);
      case SIGMOID -> OutputSlopes.sigmoid(g, y);
    };
  }

  /** Returns the name of the operation, as {@code tanh}. */
  @Override
  public String toString() {
    return label;
  }
}
