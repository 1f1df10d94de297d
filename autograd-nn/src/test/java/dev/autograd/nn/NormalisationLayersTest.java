package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.DTypeException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import org.junit.jupiter.api.Test;

class NormalisationLayersTest {

  /** Mean 5 and variance 5 in the first row. */
  private static final Tensor X = Tensor.of(new double[][] {{2, 4, 6, 8}, {1, 1, 1, 1}});

  @Test
  void layerNormIsTheStandardisedRowTimesWeightPlusBias() {
    LayerNorm norm = new LayerNorm(Tensor.of(1, 2, 1, 1), Tensor.of(0, 0, 0, 10), 0);
    double s = Math.sqrt(5);
    assertThat(norm.forward(X).toDoubleArray())
        .containsExactly(
            new double[] {-3 / s, -2 / s, 1 / s, 10 + 3 / s, 0, 0, 0, 10}, within(1e-15));
  }

  @Test
  void epsIsAddedToTheVariance() {
    assertThat(LayerNorm.of(4).eps(4).forward(X).item(0, 0)).isEqualTo(-1);
    assertThat(LayerNorm.of(4).eps()).isEqualTo(1e-5);
  }

  @Test
  void rmsNormDividesByTheRootOfTheMeanSquare() {
    RmsNorm norm = new RmsNorm(Tensor.of(1, 1, 1, 3), 0);
    double rms = Math.sqrt(30);
    assertThat(norm.forward(X).toDoubleArray())
        .containsExactly(
            new double[] {2 / rms, 4 / rms, 6 / rms, 24 / rms, 1, 1, 1, 3}, within(1e-15));
    assertThat(RmsNorm.of(4).eps(-0.0).eps(6).forward(X).item(0, 0)).isEqualTo(2.0 / 6);
  }

  @Test
  void groupNormStandardisesEachGroupOfChannelsByItself() {
    Tensor x = X.reshape(2, 4, 1);
    assertThat(GroupNorm.of(2, 4).eps(0).forward(x).toDoubleArray())
        .containsExactly(-1, 1, -1, 1, 0, 0, 0, 0);
    assertThat(GroupNorm.of(1, 4).forward(x).toDoubleArray())
        .containsExactly(LayerNorm.of(4).forward(X).toDoubleArray(), within(1e-15));
  }

  @Test
  void refuseSizesThatDoNotFit() {
    assertThatThrownBy(() -> LayerNorm.of(3).forward(X))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[2, 4]")
        .hasMessageContaining("[3]");
    assertThatThrownBy(() -> RmsNorm.of(3).forward(X)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> GroupNorm.of(1, 3).forward(X)).isInstanceOf(ShapeException.class);
    Parameter three = Parameter.of("weight", Tensor.of(1.0, 1, 1));
    assertThatThrownBy(() -> new LayerNorm(three, Tensor.of(1.0), 1e-5))
        .isInstanceOf(ShapeException.class)
        .hasMessage("LayerNorm: the bias is [1] and must be [3]");
    assertThatThrownBy(() -> new LayerNorm(three, Tensor.zeros(DType.F32, 3), 1e-5))
        .isInstanceOf(DTypeException.class)
        .hasMessageContaining("of F64 and of F32");
    assertThatThrownBy(() -> LayerNorm.of())
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("give the sizes of the last axes");
    assertThatThrownBy(() -> RmsNorm.of()).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> GroupNorm.of(2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 channels in 2 groups");
  }

  @Test
  void refuseWhatIsNoEps() {
    for (double eps : new double[] {-1e-5, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> LayerNorm.of(2).eps(eps))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("eps is " + eps);
      assertThatThrownBy(() -> RmsNorm.of(2).eps(eps)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> GroupNorm.of(1, 2).eps(eps))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> BatchNorm.of(2).eps(eps))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void printSizesAndSettings() {
    assertThat(LayerNorm.of(2, 3)).hasToString("LayerNorm([2, 3], F64, eps 1.0E-5)");
    assertThat(RmsNorm.of(DType.F32, 3)).hasToString("RmsNorm([3], F32, eps 1.0E-6)");
    assertThat(GroupNorm.of(2, 4)).hasToString("GroupNorm(2 groups of 4, F64, eps 1.0E-5)");
  }
}
