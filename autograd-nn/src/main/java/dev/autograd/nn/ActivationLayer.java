package dev.autograd.nn;

import dev.autograd.Activation;
import dev.autograd.Tensor;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Activation functions as layers with a name, so that a model can be written to a file: {@code
 * ActivationLayer.TANH} computes what {@code Tensor::tanh} does, of which no file can tell that it
 * is one. See {@link LeakyRelu} and {@link Softmax} for those with a setting.
 */
public enum ActivationLayer implements Layer {
  /** {@link Tensor#relu()}. */
  RELU(Tensor::relu),
  /** {@link Tensor#relu6()}. */
  RELU6(Tensor::relu6),
  /** {@link Tensor#tanh()}. */
  TANH(Tensor::tanh),
  /** {@link Tensor#sigmoid()}. */
  SIGMOID(Tensor::sigmoid),
  /** {@link Tensor#logSigmoid()}. */
  LOG_SIGMOID(Tensor::logSigmoid),
  /** {@link Tensor#softplus()}. */
  SOFTPLUS(Tensor::softplus),
  /** {@link Tensor#softsign()}. */
  SOFTSIGN(Tensor::softsign),
  /** {@link Tensor#gelu()}. */
  GELU(Tensor::gelu),
  /** {@link Tensor#geluTanh()}. */
  GELU_TANH(Tensor::geluTanh),
  /** {@link Tensor#silu()}. */
  SILU(Tensor::silu),
  /** {@link Tensor#mish()}. */
  MISH(Tensor::mish),
  /** {@link Tensor#selu()}. */
  SELU(Tensor::selu),
  /** The identity, {@link Activation#IDENTITY}. */
  IDENTITY(x -> x);

  @SuppressWarnings("ImmutableEnumChecker") // they hold no state
  private final UnaryOperator<Tensor> function;

  ActivationLayer(UnaryOperator<Tensor> function) {
    this.function = function;
  }

  /** Returns the layer of an activation that {@link Dense#activation} also takes. */
  public static ActivationLayer of(Activation activation) {
    return valueOf(activation.name());
  }

  /** Returns the function of each element: {@code [...] -> [...]}. */
  @Override
  public Tensor forward(Tensor x) {
    return function.apply(x);
  }

  @Override
  public Tensor forward(Tensor x, Mode mode) {
    return forward(x);
  }

  @Override
  public boolean dependsOnMode() {
    return false;
  }

  /** Returns the name, as in {@code log_sigmoid}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
