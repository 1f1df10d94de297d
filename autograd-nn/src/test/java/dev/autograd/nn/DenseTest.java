package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Activation;
import dev.autograd.Autograd;
import dev.autograd.DTypeException;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DenseTest {

  private static final Dense DENSE =
      new Dense(
          Parameter.of("weight", Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}})),
          Parameter.of("bias", Tensor.of(10.0, 20.0, 30.0)));

  @Test
  void isTheProductWithTheTransposedWeightPlusBias() {
    Tensor x = Tensor.of(new double[][] {{1, 1}, {2, -1}});
    assertThat(DENSE.forward(x).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{13, 27, 41}, {10, 22, 34}});
    assertThat(DENSE.forward(x, Mode.TRAINING).toDoubleArray())
        .isEqualTo(DENSE.forward(x).toDoubleArray());
  }

  @Test
  void withItsActivationIsOneOperation() {
    Dense layer = DENSE.activation(Activation.SIGMOID);
    Tensor x = Tensor.of(new double[][] {{0.1, -6}, {-20, 3}});
    assertThat(layer.forward(x).toDoubleArray())
        .isEqualTo(DENSE.forward(x).sigmoid().toDoubleArray());
    assertThat(layer.forward(x).nodes()).hasSize(4);
    assertThat(layer.forward(x).nodes().get(3).attributes()).containsEntry("activation", "sigmoid");
    assertThat(layer.weight()).isSameAs(DENSE.weight());
    assertThat(layer.map(t -> t.to(DType.F32))).hasToString("Dense(2 -> 3, F32, sigmoid)");
    assertThat(new Dense(DENSE.weight(), DENSE.bias())).isEqualTo(DENSE).isNotEqualTo(layer);
  }

  @Test
  void takesAnyNumberOfLeadingAxes() {
    assertThat(DENSE.forward(Tensor.of(1.0, 1.0)).toDoubleArray()).containsExactly(13, 27, 41);
    assertThat(DENSE.forward(Tensor.ones(DType.F64, 4, 5, 2)).shape()).isEqualTo(Shape.of(4, 5, 3));
  }

  @Test
  void namesItsParameters() {
    Dense dense = Dense.of(2, 3, new Random(1));
    assertThat(dense.parameters().paths()).containsExactly("weight", "bias");
    assertThat(dense.parameters().byPath("weight")).isSameAs(dense.weight());
    assertThat(dense.weight().shape()).isEqualTo(Shape.of(3, 2));
    assertThat(dense.bias().shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void isF64UnlessTold() {
    assertThat(Dense.of(2, 3, new Random(1)).weight().dtype()).isEqualTo(DType.F64);
    Dense small = Dense.of(DType.F32, 2, 3, new Random(1));
    assertThat(small.weight().dtype()).isEqualTo(DType.F32);
    assertThat(small.bias().dtype()).isEqualTo(DType.F32);
    assertThat(small.forward(Tensor.of(1f, 2f)).dtype()).isEqualTo(DType.F32);
  }

  @Test
  void startsUniformWithinOneOverTheRootOfTheFanIn() {
    Dense dense = Dense.of(16, 500, new Random(3));
    assertThat(dense.weight().abs().max().item()).isLessThanOrEqualTo(0.25);
    assertThat(dense.bias().abs().max().item()).isLessThanOrEqualTo(0.25);
    assertThat(dense.weight().max().item()).isGreaterThan(0.249);
    assertThat(dense.bias().max().item()).isGreaterThan(0.24);
    assertThat(dense.bias().min().item()).isLessThan(-0.24);
  }

  @Test
  void sameSeedSameLayer() {
    double[] one = Dense.of(4, 3, new Random(5)).weight().toDoubleArray();
    assertThat(Dense.of(4, 3, new Random(5)).weight().toDoubleArray()).isEqualTo(one);
    assertThat(Dense.of(4, 3, new Random(6)).weight().toDoubleArray()).isNotEqualTo(one);
  }

  @Test
  void initialiserOfChoiceComesWithZeroBias() {
    Dense dense = Dense.of(DType.F64, 2, 3, new Random(1), Initializer.constant(0.5));
    assertThat(dense.weight().toDoubleArray()).containsOnly(0.5);
    assertThat(dense.bias().toDoubleArray()).containsOnly(0);
  }

  @Test
  void refusesSizesAndTypesThatMakeNoLayer() {
    assertThatThrownBy(() -> Dense.of(0, 3, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Dense: in is 0 and out is 3; both must be at least 1");
    assertThatThrownBy(() -> Dense.of(DType.F64, 3, -1, new Random(1), Initializer.glorotUniform()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out is -1");
    assertThatThrownBy(() -> Dense.of(DType.I32, 2, 2, new Random(1)))
        .isInstanceOf(DTypeException.class);
  }

  @Test
  void refusesTensorsThatDoNotFitTogether() {
    Tensor weight = Tensor.zeros(DType.F64, 3, 2);
    assertThatThrownBy(() -> new Dense(weight, Tensor.zeros(DType.F64, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "Dense: the weight is [3, 2] and the bias [2]; they must be [out, in] and [out]");
    assertThatThrownBy(() -> new Dense(Tensor.zeros(DType.F64, 3), Tensor.zeros(DType.F64, 3)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new Dense(weight, Tensor.zeros(DType.F32, 3)))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("F64 and the bias F32");
  }

  @Test
  void refusesInputsOfTheWrongWidth() {
    assertThatThrownBy(() -> DENSE.forward(Tensor.zeros(DType.F64, 4, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[4, 3]")
        .hasMessageContaining("[3, 2]");
  }

  @Test
  void mapReplacesBothTensors() {
    Dense doubled = DENSE.map(t -> t.mul(2));
    assertThat(doubled.forward(Tensor.of(1.0, 1.0)).toDoubleArray()).containsExactly(26, 54, 82);
    assertThat(doubled.parameters().size()).isZero();
    Dense small = DENSE.map(t -> Parameter.of(t.name(), t.to(DType.F32)));
    assertThat(small.parameters().paths()).containsExactly("weight", "bias");
    assertThat(small.weight().dtype()).isEqualTo(DType.F32);
  }

  @Test
  void mappedLayerIsDifferentiableThroughTheMapping() {
    Dense dense = Dense.of(2, 1, new Random(9));
    Tensor x = Tensor.of(new double[][] {{1, -2}, {0.5, 3}});
    Tensor y = Tensor.of(new double[][] {{1}, {-1}});
    Gradients g =
        Autograd.grad(
            Losses.mse(dense.forward(x), y), dense.parameters(), GradOptions.createGraph());
    Dense adapted = dense.map(p -> p.sub(g.of(p).mul(0.1)));
    Gradients outer = Autograd.grad(Losses.mse(adapted.forward(x), y), dense.parameters());
    double numeric = adaptedLoss(dense, x, y, 1e-5) - adaptedLoss(dense, x, y, -1e-5);
    assertThat(outer.of(dense.bias()).item(0)).isCloseTo(numeric / 2e-5, within(1e-8));
  }

  private static double adaptedLoss(Dense dense, Tensor x, Tensor y, double shift) {
    Dense moved =
        new Dense(
            Parameter.of("weight", dense.weight()), Parameter.of("bias", dense.bias().add(shift)));
    Gradients g = Autograd.grad(Losses.mse(moved.forward(x), y), moved.parameters());
    return Losses.mse(moved.map(p -> p.sub(g.of(p).mul(0.1))).forward(x), y).item();
  }

  @Test
  void printsItsSizes() {
    assertThat(DENSE).hasToString("Dense(2 -> 3, F64)");
  }
}
