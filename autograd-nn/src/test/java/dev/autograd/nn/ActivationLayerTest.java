package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Activation;
import dev.autograd.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationLayerTest {

  private static final Tensor X = Tensor.of(-7, -1.5, -0.0, 0, 0.3, 8);

  private static final Map<ActivationLayer, UnaryOperator<Tensor>> FUNCTIONS =
      Map.ofEntries(
          Map.entry(ActivationLayer.RELU, Tensor::relu),
          Map.entry(ActivationLayer.RELU6, Tensor::relu6),
          Map.entry(ActivationLayer.TANH, Tensor::tanh),
          Map.entry(ActivationLayer.SIGMOID, Tensor::sigmoid),
          Map.entry(ActivationLayer.LOG_SIGMOID, Tensor::logSigmoid),
          Map.entry(ActivationLayer.SOFTPLUS, Tensor::softplus),
          Map.entry(ActivationLayer.SOFTSIGN, Tensor::softsign),
          Map.entry(ActivationLayer.GELU, Tensor::gelu),
          Map.entry(ActivationLayer.GELU_TANH, Tensor::geluTanh),
          Map.entry(ActivationLayer.SILU, Tensor::silu),
          Map.entry(ActivationLayer.MISH, Tensor::mish),
          Map.entry(ActivationLayer.SELU, Tensor::selu),
          Map.entry(ActivationLayer.IDENTITY, UnaryOperator.identity()));

  @ParameterizedTest
  @EnumSource
  void isTheOperationOfItsName(ActivationLayer layer) {
    double[] expected = Objects.requireNonNull(FUNCTIONS.get(layer)).apply(X).toDoubleArray();
    assertThat(layer.forward(X).toDoubleArray()).containsExactly(expected);
    assertThat(layer.forward(X, Mode.TRAINING).toDoubleArray()).containsExactly(expected);
    assertThat(layer.dependsOnMode()).isFalse();
    assertThat(layer.parameters().size()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void eachActivationOfDenseHasOne(Activation activation) {
    assertThat(ActivationLayer.of(activation).forward(X).toDoubleArray())
        .containsExactly(activation.apply(X).toDoubleArray());
    assertThat(ActivationLayer.of(activation)).hasToString(activation.toString());
  }

  @Test
  void settingsReachTheOperation() {
    assertThat(new LeakyRelu(0.25).forward(X).toDoubleArray())
        .containsExactly(X.leakyRelu(0.25).toDoubleArray())
        .startsWith(-1.75, -0.375);
    Tensor logits = Tensor.of(new double[][] {{0, 0}, {1, 1}});
    assertThat(new Softmax(0).forward(logits).toDoubleMatrix())
        .isDeepEqualTo(logits.softmax(0).toDoubleMatrix());
    assertThat(new Softmax(-1).forward(logits, Mode.TRAINING).toDoubleArray())
        .containsExactly(0.5, 0.5, 0.5, 0.5);
  }
}
