package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NonlinearityTest {

  private static final Tensor X = Tensor.of(-7.5, -1, -0.25, 0, 0.5, 2, 9);

  @Test
  void eachIsTheOperationOfItsName() {
    Map<Nonlinearity, Layer> operations = new EnumMap<>(Nonlinearity.class);
    operations.put(Nonlinearity.RELU, Tensor::relu);
    operations.put(Nonlinearity.RELU6, Tensor::relu6);
    operations.put(Nonlinearity.GELU, Tensor::gelu);
    operations.put(Nonlinearity.GELU_TANH, Tensor::geluTanh);
    operations.put(Nonlinearity.SILU, Tensor::silu);
    operations.put(Nonlinearity.MISH, Tensor::mish);
    operations.put(Nonlinearity.SELU, Tensor::selu);
    operations.put(Nonlinearity.SOFTPLUS, Tensor::softplus);
    operations.put(Nonlinearity.SOFTSIGN, Tensor::softsign);
    operations.put(Nonlinearity.SIGMOID, Tensor::sigmoid);
    operations.put(Nonlinearity.LOG_SIGMOID, Tensor::logSigmoid);
    operations.put(Nonlinearity.TANH, Tensor::tanh);
    assertThat(operations.keySet()).containsExactly(Nonlinearity.values());
    operations.forEach(
        (function, operation) ->
            assertThat(function.forward(X).toDoubleArray())
                .as(function.name())
                .isEqualTo(operation.forward(X).toDoubleArray()));
  }

  @Test
  void thoseWithASettingHandItOn() {
    assertThat(new LeakyRelu(0.1).forward(X).toDoubleArray())
        .isEqualTo(X.leakyRelu(0.1).toDoubleArray());
    assertThat(new Elu(2).forward(X).toDoubleArray()).isEqualTo(X.elu(2).toDoubleArray());
    assertThat(new Softmax(0).forward(X).sum().item()).isEqualTo(1);
  }

  @Test
  void canBeToldFromOthers() {
    assertThat(new LeakyRelu(0.1)).isEqualTo(new LeakyRelu(0.1)).isNotEqualTo(new LeakyRelu(0.2));
    assertThat(
            Sequential.of(Nonlinearity.GELU_TANH, new LeakyRelu(0.5), new Softmax(-1), new Elu(1)))
        .hasToString("Sequential[gelu_tanh, LeakyRelu(0.5), Softmax(axis -1), Elu(1.0)]");
  }
}
