package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InitializerTest {

  private static final int IN = 300;
  private static final int OUT = 100;
  private static final Shape WEIGHT = Shape.of(OUT, IN);

  /** The bound, for fan-in 300 and fan-out 100. */
  private static final Map<String, Bounded> UNIFORM =
      Map.of(
          "uniform", new Bounded(Initializer.uniform(0.7), 0.7),
          "glorot", new Bounded(Initializer.glorotUniform(), Math.sqrt(6.0 / 400)),
          "he", new Bounded(Initializer.heUniform(), Math.sqrt(6.0 / 300)),
          "lecun", new Bounded(Initializer.lecunUniform(), Math.sqrt(3.0 / 300)),
          "fanIn", new Bounded(Initializer.fanInUniform(), 1 / Math.sqrt(300)));

  /** The standard deviation, for fan-in 300 and fan-out 100. */
  private static final Map<String, Bounded> NORMAL =
      Map.of(
          "normal", new Bounded(Initializer.normal(0.3), 0.3),
          "glorot", new Bounded(Initializer.glorotNormal(), Math.sqrt(2.0 / 400)),
          "he", new Bounded(Initializer.heNormal(), Math.sqrt(2.0 / 300)),
          "lecun", new Bounded(Initializer.lecunNormal(), Math.sqrt(1.0 / 300)));

  private record Bounded(Initializer initializer, double scale) {}

  private static double[] draw(Initializer initializer) {
    return initializer.draw(new Random(42), DType.F64, WEIGHT).toDoubleArray();
  }

  private static double moment(double[] values, int power) {
    return Arrays.stream(values).map(v -> Math.pow(v, power)).sum() / values.length;
  }

  @TestFactory
  Stream<DynamicTest> uniformOnesFillTheirBoundEvenly() {
    return UNIFORM.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> checkUniform(e.getValue())));
  }

  private static void checkUniform(Bounded expected) {
    double bound = expected.scale();
    double[] x = draw(expected.initializer());
    assertThat(x).hasSize(IN * OUT);
    assertThat(Arrays.stream(x).max().orElseThrow()).isBetween(0.999 * bound, bound);
    assertThat(Arrays.stream(x).min().orElseThrow()).isBetween(-bound, -0.999 * bound);
    // Four standard errors of 30,000 draws.
    assertThat(moment(x, 1)).isCloseTo(0, within(4 * bound / Math.sqrt(3 * 30_000)));
    assertThat(moment(x, 2)).isCloseTo(bound * bound / 3, within(0.0207 * bound * bound / 3));
    assertThat(moment(x, 4))
        .isCloseTo(Math.pow(bound, 4) / 5, within(0.04 * Math.pow(bound, 4) / 5));
  }

  @TestFactory
  Stream<DynamicTest> normalOnesHaveTheirVarianceAndTails() {
    return NORMAL.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> checkNormal(e.getValue())));
  }

  private static void checkNormal(Bounded expected) {
    double variance = expected.scale() * expected.scale();
    double[] x = draw(expected.initializer());
    assertThat(moment(x, 1)).isCloseTo(0, within(4 * expected.scale() / Math.sqrt(30_000)));
    assertThat(moment(x, 2)).isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / 30_000)));
    assertThat(moment(x, 4))
        .isCloseTo(
            3 * variance * variance, within(4 * variance * variance * Math.sqrt(96.0 / 30_000)));
  }

  @Test
  void constantsAreConstant() {
    assertThat(draw(Initializer.zeros())).containsOnly(0);
    assertThat(draw(Initializer.constant(1.5))).containsOnly(1.5);
  }

  @Test
  void fansOfConvolutionsCountTheReceptiveField() {
    assertThat(Fans.of(Shape.of(8, 4, 3, 5))).isEqualTo(new Fans(60, 120));
    assertThat(Fans.of(WEIGHT)).isEqualTo(new Fans(IN, OUT));
  }

  @Test
  void sameSeedSameValuesAndF32IsTheRoundedF64() {
    Initializer he = Initializer.heNormal();
    double[] exact = draw(he);
    assertThat(draw(he)).isEqualTo(exact);
    Tensor rounded = he.draw(new Random(42), DType.F32, WEIGHT);
    assertThat(rounded.dtype()).isEqualTo(DType.F32);
    assertThat(rounded.toFloatArray()[1234]).isEqualTo((float) exact[1234]);
  }

  @Test
  void scaledOnesNeedTwoAxes() {
    assertThatThrownBy(() -> Initializer.heUniform().draw(new Random(1), DType.F64, Shape.of(5)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[5]")
        .hasMessageContaining("[out, in, ...]");
    assertThat(Initializer.uniform(1).draw(new Random(1), DType.F64, Shape.of(5)).size())
        .isEqualTo(5);
  }

  @Test
  void refusesScalesThatAreNone() {
    assertThatThrownBy(() -> Initializer.uniform(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("uniform: the bound is -1.0; it must be finite and at least 0");
    assertThatThrownBy(() -> Initializer.normal(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("standard deviation is NaN");
  }
}
