package dev.autograd.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardizerTest {

  @Test
  void usesMeanAndPopulationDeviationOfEachColumn() {
    Standardizer s = Standardizer.fit(Tensor.of(new double[][] {{1, 10}, {3, 30}, {5, 80}}));
    assertThat(s.mean().toDoubleArray()).containsExactly(3, 40);
    assertThat(s.scale().toDoubleArray())
        .containsExactly(new double[] {Math.sqrt(8.0 / 3), Math.sqrt(2600.0 / 3)}, within(1e-14));
  }

  @Test
  void columnsItWasMadeFromGetMeanZeroAndVarianceOne() {
    Tensor x = Tensor.normal(new Random(1), DType.F64, 200, 3).mul(5).add(1e6);
    Tensor z = Standardizer.fit(x).transform(x);
    assertThat(z.mean(0).toDoubleArray()).containsExactly(new double[3], within(1e-8));
    assertThat(z.square().mean(0).toDoubleArray())
        .containsExactly(new double[] {1, 1, 1}, within(1e-10));
  }

  @Test
  void otherRowsAreMovedByTheSameNumbers() {
    Standardizer s = Standardizer.fit(Tensor.of(new double[][] {{0}, {2}}));
    assertThat(s.transform(Tensor.of(new double[][] {{5}})).item()).isEqualTo(4);
    assertThat(s.transform(Tensor.of(5.0)).item()).isEqualTo(4);
  }

  @Test
  void constantColumnsAreCentredOnly() {
    // The mean of 0.1 three times is not exactly 0.1.
    Tensor x = Tensor.of(new double[][] {{0.1, 1}, {0.1, 2}, {0.1, 3}});
    Standardizer s = Standardizer.fit(x);
    assertThat(s.scale().item(0)).isEqualTo(1);
    assertThat(s.transform(x).slice(1, 0, 1).toDoubleArray())
        .containsExactly(new double[3], within(1e-15));
    assertThat(s.transform(Tensor.of(0.6, 2.0)).item(0)).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void oneRowIsConstant() {
    Standardizer s = Standardizer.fit(Tensor.of(new double[][] {{7, 8}}));
    assertThat(s.scale().toDoubleArray()).containsOnly(1);
  }

  @Test
  void inverseUndoesTransform() {
    Tensor x = Tensor.normal(new Random(2), DType.F64, 20, 3);
    Standardizer s = Standardizer.fit(x);
    assertThat(s.inverse(s.transform(x)).allClose(x, 1e-13, 1e-15)).isTrue();
  }

  @Test
  void keepsTheElementType() {
    Standardizer s = Standardizer.fit(Tensor.of(new float[][] {{1}, {3}}));
    assertThat(s.transform(Tensor.of(4f)).toFloatArray()).containsExactly(2f);
  }

  @Test
  void refusesTablesItCannotMeasure() {
    assertThatThrownBy(() -> Standardizer.fit(Tensor.of(1.0, 2.0)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Standardizer.fit(Tensor.zeros(DType.F64, 0, 3)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Standardizer.fit(Tensor.of(new double[][] {{1, 2}, {3, Double.NaN}})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1, column 1 is NaN");
    assertThatThrownBy(
            () -> Standardizer.fit(Tensor.of(new double[][] {{Double.POSITIVE_INFINITY}})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesRowsOfOtherWidthOrType() {
    Standardizer s = Standardizer.fit(Tensor.of(new double[][] {{1, 2}}));
    assertThatThrownBy(() -> s.transform(Tensor.of(1.0, 2.0, 3.0)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "Standardizer: transform of [3]; its last size must be 2, the number of columns");
    assertThatThrownBy(() -> s.inverse(Tensor.of(new double[][] {{1}})))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> s.transform(Tensor.of(1f, 2f))).isInstanceOf(DTypeException.class);
  }

  @Test
  void refusesPartsThatDoNotBelongTogether() {
    assertThatThrownBy(() -> new Standardizer(Tensor.of(1.0), Tensor.of(1.0, 2.0)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new Standardizer(Tensor.of(1.0), Tensor.of(1f)))
        .isInstanceOf(DTypeException.class);
  }
}
