package dev.autograd.nn;

import dev.autograd.Tensor;
import java.util.Locale;

/**
 * Functions of single elements, as layers with a name: {@code Nonlinearity.RELU} computes what
 * {@code Tensor::relu} does, and can be told from others, printed, compared and stored.
 *
 * <p>Those with a setting are records of their own: {@link LeakyRelu}, {@link Elu}, {@link
 * Softmax}. A {@link Dense} layer can {@linkplain Dense#activation(dev.autograd.Activation) apply}
 * relu, tanh and sigmoid by itself, which is faster.
 */
public enum Nonlinearity implements Layer {
  /** {@link Tensor#relu()}. */
  RELU,
  /** {@link Tensor#relu6()}. */
  RELU6,
  /** {@link Tensor#gelu()}, with the normal distribution itself. */
  GELU,
  /** {@link Tensor#geluTanh()}, its approximation by tanh. */
  GELU_TANH,
  /** {@link Tensor#silu()}, also called swish. */
  SILU,
  /** {@link Tensor#mish()}. */
  MISH,
  /** {@link Tensor#selu()}. */
  SELU,
  /** {@link Tensor#softplus()}. */
  SOFTPLUS,
  /** {@link Tensor#softsign()}. */
  SOFTSIGN,
  /** {@link Tensor#sigmoid()}. */
  SIGMOID,
  /** {@link Tensor#logSigmoid()}. */
  LOG_SIGMOID,
  /** {@link Tensor#tanh()}. */
  TANH;

  /** Returns the function of each element. */
  @Override
  public Tensor forward(Tensor x) {
    return switch (this) {
      case RELU -> x.relu();
      case RELU6 -> x.relu6();
      case GELU -> x.gelu();
      case GELU_TANH -> x.geluTanh();
      case SILU -> x.silu();
      case MISH -> x.mish();
      case SELU -> x.selu();
      case SOFTPLUS -> x.softplus();
      case SOFTSIGN -> x.softsign();
      case SIGMOID -> x.sigmoid();
      case LOG_SIGMOID -> x.logSigmoid();
      case TANH -> x.tanh();
    };
  }

  /** Returns the name in small letters, as in {@code gelu_tanh}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
