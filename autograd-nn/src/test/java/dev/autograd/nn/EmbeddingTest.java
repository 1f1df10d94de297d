package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Autograd;
import dev.autograd.DTypeException;
import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

  private static final Embedding TABLE =
      new Embedding(Parameter.of("weight", Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}})));

  @Test
  void looksUpOneRowPerIndex() {
    Tensor y = TABLE.forward(Tensor.indices(2, 0, 2, 1).reshape(2, 2));
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 2));
    assertThat(y.toDoubleArray()).containsExactly(5, 6, 1, 2, 5, 6, 3, 4);
  }

  @Test
  void rowsThatAreReadTwiceGetBothGradients() {
    Tensor y = TABLE.forward(Tensor.indices(2, 0, 2));
    assertThat(Autograd.grad(y.sum(), TABLE.weight()).toDoubleArray())
        .containsExactly(1, 1, 0, 0, 2, 2);
  }

  @Test
  void paddingIsARowOfZerosWithoutGradientInATableOfItsOwn() {
    Embedding padded = TABLE.padding(1);
    assertThat(padded.weight().toDoubleArray()).containsExactly(1, 2, 0, 0, 5, 6);
    assertThat(TABLE.weight().toDoubleArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(padded.parameters().paths()).containsExactly("weight");
    Tensor y = padded.forward(Tensor.indices(1, 0, 1));
    assertThat(Autograd.grad(y.sum(), padded.weight()).toDoubleArray())
        .containsExactly(1, 1, 0, 0, 0, 0);
  }

  @Test
  void tiedWithTheOutputMatrixCountsOnce() {
    Dense logits = new Dense(TABLE.weight(), Tensor.zeros(DType.F64, 3));
    Sequential model = Sequential.of(TABLE, logits);
    assertThat(model.parameters().paths()).containsExactly("0.weight");
    Tensor loss = model.forward(Tensor.indices(0)).sum();
    Gradients g = Autograd.grad(loss, model.parameters());
    // Σ_r w₀ · w_r: w₀ itself in each row, and the sum of all rows in row 0.
    assertThat(g.of(TABLE.weight()).toDoubleArray()).containsExactly(1 + 9, 2 + 12, 1, 2, 1, 2);
  }

  @Test
  void startsNormalAndReproducible() {
    Tensor weight = Embedding.of(100, 100, new SplittableRandom(4)).weight();
    // Standard deviations of mean and mean square of 10,000: 0.01 and 0.014.
    assertThat(Math.abs(weight.mean().item())).isLessThan(0.04);
    assertThat(Math.abs(weight.square().mean().item() - 1)).isLessThan(0.06);
    assertThat(Embedding.of(100, 100, new SplittableRandom(4)).weight().toDoubleArray())
        .isEqualTo(weight.toDoubleArray());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> TABLE.forward(Tensor.of(1.0)))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("embedding");
    assertThatThrownBy(() -> TABLE.forward(Tensor.indices(3)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> TABLE.padding(3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(
            "Embedding: the padding is 3 and there are 3 rows; it must be the index of one");
    assertThatThrownBy(() -> new Embedding(Tensor.of(1.0, 2.0)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("Embedding: the weight is [2] and must be [rows, width]");
    assertThatThrownBy(() -> Embedding.of(0, 2, new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Embedding: rows is 0; it must be at least 1");
  }

  @Test
  void printsSizesAndPadding() {
    assertThat(TABLE).hasToString("Embedding(3 x 2, F64)");
    assertThat(TABLE.padding(0)).hasToString("Embedding(3 x 2, F64, padding 0)");
  }
}
