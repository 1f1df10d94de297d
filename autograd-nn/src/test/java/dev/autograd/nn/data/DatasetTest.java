package dev.autograd.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import org.junit.jupiter.api.Test;

class DatasetTest {

  private static final Tensor X = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});

  private final Dataset<Examples> data = Dataset.of(X, new int[] {7, 8, 9});

  @Test
  void readsRowsInTheOrderNamed() {
    Examples batch = data.rows(2, 0, 2);
    assertThat(batch.inputs().toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{5, 6}, {1, 2}, {5, 6}});
    assertThat(batch.targets().dtype()).isEqualTo(DType.I32);
    assertThat(batch.targets().toLongArray()).containsExactly(9, 7, 9);
    assertThat(batch.size()).isEqualTo(3);
    assertThat(data.size()).isEqualTo(3);
  }

  @Test
  void readsRowsOfAnyRank() {
    Dataset<Tensor> images = Dataset.of(Tensor.zeros(DType.F32, 5, 1, 4, 4));
    assertThat(images.rows(4, 1).shape()).isEqualTo(Shape.of(2, 1, 4, 4));
    assertThat(Dataset.of(Tensor.indices(3, 4)).rows(1).toLongArray()).containsExactly(4);
  }

  @Test
  void mapsBatches() {
    Dataset<Tensor> doubled = data.map(batch -> batch.inputs().mul(2));
    assertThat(doubled.rows(1).toDoubleArray()).containsExactly(6, 8);
    assertThat(doubled.size()).isEqualTo(3);
  }

  @Test
  void numbersASubsetAnew() {
    int[] chosen = {2, 1};
    Dataset<Examples> part = data.subset(chosen);
    chosen[0] = 0;
    assertThat(part.size()).isEqualTo(2);
    assertThat(part.rows(0, 1).targets().toLongArray()).containsExactly(9, 8);
    assertThat(part.subset(1).rows(0).targets().toLongArray()).containsExactly(8);
  }

  @Test
  void refusesRowsThatAreNotThere() {
    for (Dataset<?> any : new Dataset<?>[] {data, data.subset(0, 1), data.map(b -> b)}) {
      for (int row : new int[] {-1, any.size()}) {
        assertThatThrownBy(() -> any.rows(0, row))
            .isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessage(
                "rows: there is no row " + row + "; there are rows 0 to " + (any.size() - 1));
        assertThatThrownBy(() -> any.subset(row)).isInstanceOf(IndexOutOfBoundsException.class);
      }
      assertThatThrownBy(() -> any.rows())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("rows: none is chosen of " + any.size() + "; choose at least one");
      assertThatThrownBy(() -> any.subset()).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesInputsWithoutTheirTargets() {
    assertThatThrownBy(() -> Dataset.of(X, new int[2]))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "Examples: the inputs are [3, 2] and the targets [2]; both must be [n, ...], with a"
                + " target for each input");
    assertThatThrownBy(() -> Dataset.of(Tensor.scalar(1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[n, ...]");
    Dataset<Tensor> two = Dataset.of(Tensor.of(1, 2));
    assertThatThrownBy(() -> Dataset.examples(Dataset.of(X), two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 rows of inputs and 2 of targets");
  }

  @Test
  void rowsAreConstants() {
    assertThat(Dataset.of(X.withGrad()).rows(1).requiresGrad()).isFalse();
    assertThat(new Examples(X.withGrad(), X).rows(1).inputs().requiresGrad()).isFalse();
  }
}
