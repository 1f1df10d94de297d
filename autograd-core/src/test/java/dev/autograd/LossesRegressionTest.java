package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static dev.autograd.array.DType.I64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of numbers and of decisions: kinks, limits, identities, and what they refuse. */
class LossesRegressionTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  private static final Map<String, BinaryOperator<Tensor>> PAIRS =
      Map.of(
          "mse", Losses::mse,
          "l1", Losses::l1,
          "huber", (p, t) -> Losses.huber(p, t, 1),
          "smoothL1", (p, t) -> Losses.smoothL1(p, t, 1),
          "poissonNll", Losses::poissonNll,
          "gaussianNll", (p, t) -> Losses.gaussianNll(p, t, Tensor.ones(p.dtype())),
          "hinge", Losses::hinge,
          "klDiv", Losses::klDiv);

  static Stream<String> pairs() {
    return PAIRS.keySet().stream();
  }

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  private static double[] gradient(Tensor loss, Tensor x) {
    return numbers(Autograd.grad(loss.sum(), x, GradOptions.retainGraph()));
  }

  /** Returns the elements, zeros without a sign. */
  private static double[] numbers(Tensor x) {
    return x.add(0).toDoubleArray();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void differentShapesAndSwappedArgumentsAreRefused(String name) {
    BinaryOperator<Tensor> loss = Objects.requireNonNull(PAIRS.get(name));
    assertThatThrownBy(() -> loss.apply(Tensor.of(0.5, 0.5), Tensor.zeros(F64, 2, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith(name + ": the prediction is [2] and the target is [2, 1]");
    assertThatThrownBy(() -> loss.apply(Tensor.of(0.5, 0.5), leaf(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + ": the target is tracked and the prediction is not");
    assertThatThrownBy(() -> loss.apply(Tensor.of(0.5, 0.5), Tensor.ones(F32, 2)))
        .isInstanceOf(DTypeException.class);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theMeanOfNothingIsNaNWithoutAGradient(String name) {
    Tensor nothing = Tensor.zeros(F64, 0).withGrad();
    BinaryOperator<Tensor> mean = Objects.requireNonNull(PAIRS.get(name));
    Tensor loss = mean.apply(nothing, Tensor.zeros(F64, 0));
    assertThat(loss.item()).isNaN();
    assertThat(gradient(loss, nothing)).isEmpty();
  }

  @Test
  void absoluteErrorsAreFlatWhereTheyAreZero() {
    Tensor p = leaf(1, 2, 3);
    Tensor t = leaf(1, 3, 1);
    Tensor loss = Losses.l1(p, t, Reduction.SUM);
    assertThat(loss.item()).isEqualTo(3);
    assertThat(gradient(loss, p)).containsExactly(0, -1, 1);
    assertThat(gradient(loss, t)).containsExactly(0, 1, -1);
    assertThat(gradient(Losses.huber(p, t, 1, Reduction.SUM), p)).containsExactly(0, -1, 1);
    assertThat(gradient(Losses.smoothL1(p, t, 1, Reduction.SUM), p)).containsExactly(0, -1, 1);
  }

  @Test
  void huberIsQuadraticUpToItsBorder() {
    Tensor p = leaf(0.5, -0.5, 0.25, 2, -2);
    Tensor t = Tensor.zeros(F64, 5);
    Tensor loss = Losses.huber(p, t, 0.5, Reduction.NONE);
    assertThat(numbers(loss)).containsExactly(0.125, 0.125, 0.03125, 0.875, 0.875);
    assertThat(gradient(loss, p)).containsExactly(0.5, -0.5, 0.25, 0.5, -0.5);
    Tensor slope = Autograd.grad(loss.sum(), p, GradOptions.createGraph());
    assertThat(gradient(slope, p)).containsExactly(1, 1, 1, 0, 0);
  }

  @Test
  void huberOfInfiniteErrorsAndOfNaN() {
    Tensor p = leaf(INF, -INF, Double.NaN);
    Tensor loss = Losses.huber(p, Tensor.zeros(F64, 3), 2, Reduction.NONE);
    assertThat(numbers(loss)).containsExactly(INF, INF, Double.NaN);
    assertThat(gradient(loss, p)).containsExactly(2, -2, Double.NaN);
  }

  @Test
  void huberWithoutABorderIsHalfTheSquare() {
    Tensor p = leaf(1, -300);
    Tensor loss = Losses.huber(p, Tensor.zeros(F64, 2), INF, Reduction.NONE);
    assertThat(numbers(loss)).containsExactly(0.5, 45000);
    assertThat(gradient(loss, p)).containsExactly(1, -300);
  }

  @Test
  void smoothL1IsHuberDividedByItsBorderAndL1WithoutOne() {
    Tensor p = leaf(0.1, -0.4, 3, 0);
    Tensor t = Tensor.of(0.2, 1, 1, 0);
    Tensor smooth = Losses.smoothL1(p, t, 0.25, Reduction.NONE);
    Tensor huber = Losses.huber(p, t, 0.25, Reduction.NONE).div(0.25);
    assertThat(smooth.toDoubleArray()).containsExactly(huber.toDoubleArray());
    Tensor limit = Losses.smoothL1(p, t, 0, Reduction.NONE);
    Tensor l1 = Losses.l1(p, t, Reduction.NONE);
    assertThat(limit.toDoubleArray()).containsExactly(l1.toDoubleArray());
    assertThat(gradient(limit, p)).containsExactly(-1, -1, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void bordersMustBePositive(double border) {
    Tensor p = Tensor.of(1.0, 2);
    assertThatThrownBy(() -> Losses.huber(p, p, border))
        .hasMessage("huber: delta is " + border + "; it must be positive");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void bordersOfSmoothL1MustBeFinite(double border) {
    Tensor p = Tensor.of(1.0, 2);
    assertThatThrownBy(() -> Losses.smoothL1(p, p, border))
        .hasMessage("smoothL1: beta is " + border + "; it must not be negative, and finite");
  }

  @Test
  void aCountOfZeroWithALogRateOfMinusInfinityIsCertain() {
    Tensor z = leaf(-INF, 0);
    Tensor loss = Losses.poissonNll(z, Tensor.of(0.0, 2), Reduction.NONE);
    assertThat(numbers(loss)).containsExactly(0, 1);
    assertThat(gradient(loss, z)).containsExactly(0, -1);
  }

  @Test
  void gaussianNllWithVarianceOneIsHalfTheSquaredError() {
    Tensor p = Tensor.of(new double[][] {{1, 2}, {4, -1}});
    Tensor t = Tensor.of(new double[][] {{0, 2}, {1, 1}});
    Tensor halved = Losses.mse(p, t).div(2);
    assertThat(Losses.gaussianNll(p, t, Tensor.scalar(1)).item()).isEqualTo(halved.item());
    Tensor perRow = Tensor.of(new double[][] {{1}, {2}}).withGrad();
    Tensor loss = Losses.gaussianNll(p, t, perRow, Reduction.SUM);
    assertThat(loss.item()).isCloseTo((1 + 0) / 2.0 + (9 + 4) / 4.0 + Math.log(2), within(1e-15));
    assertThat(gradient(loss, perRow))
        .containsExactly(new double[] {1 - 0.5, 0.5 - 13 / 8.0}, within(1e-15));
  }

  @Test
  void varianceMustBePositiveAndFit() {
    Tensor p = Tensor.of(1.0, 2);
    assertThatThrownBy(() -> Losses.gaussianNll(p, p, Tensor.of(1.0, 0)))
        .hasMessage(
            "gaussianNll: variance 1 is 0.0; it must be positive, predict it through exp() or"
                + " softplus()");
    assertThatThrownBy(() -> Losses.gaussianNll(p, p, Tensor.of(1.0, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Losses.gaussianNll(p, p, Tensor.ones(F64, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("gaussianNll: variance is [3] and does not broadcast to [2]");
  }

  @Test
  void hingeIsFlatAtAndBeyondTheMargin() {
    Tensor p = leaf(1, 2, 0.5, -1);
    Tensor t = Tensor.of(1.0, 1, 1, -1);
    Tensor loss = Losses.hinge(p, t, Reduction.NONE);
    assertThat(numbers(loss)).containsExactly(0, 0, 0.5, 0);
    assertThat(gradient(loss, p)).containsExactly(0, 0, -1, 0);
  }

  @Test
  void theBatchMeanDividesByTheFirstAxis() {
    Tensor p = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    Tensor t = Tensor.zeros(F64, 2, 3);
    assertThat(Losses.l1(p, t, Reduction.BATCH_MEAN).item()).isEqualTo(10.5);
    assertThat(Losses.l1(Tensor.scalar(3), Tensor.scalar(1), Reduction.BATCH_MEAN).item())
        .isEqualTo(2);
    Tensor none = Tensor.zeros(F64, 0, 3);
    assertThat(Losses.l1(none, none, Reduction.BATCH_MEAN).item()).isNaN();
    Tensor logits = Tensor.zeros(F64, 2, 4, 3);
    Tensor classes = Tensor.zeros(I64, 2, 3);
    assertThat(Losses.crossEntropy(logits, classes, Reduction.BATCH_MEAN).item())
        .isCloseTo(3 * Math.log(4), within(1e-15));
  }

  @Test
  void weightsMultiplyAndHaveADerivative() {
    Tensor p = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}).withGrad();
    Tensor t = Tensor.zeros(F64, 2, 3);
    Tensor weight = leaf(1, 0, 2);
    Tensor loss = Losses.l1(p, t, LossOptions.sum().weight(weight));
    assertThat(loss.item()).isEqualTo(1 + 6 + 4 + 12);
    assertThat(gradient(loss, weight)).containsExactly(5, 7, 9);
    assertThat(gradient(loss, p)).containsExactly(1, 0, 2, 1, 0, 2);
    Tensor wrong = Tensor.ones(F64, 2);
    assertThatThrownBy(() -> Losses.mse(p, t, LossOptions.mean().weight(wrong)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "mse: weight is [2] and does not broadcast to [2, 3]; give one factor per element");
  }

  @Test
  void optionsOfOtherLossesAreRefused() {
    Tensor p = Tensor.of(1.0, 2);
    assertThatThrownBy(() -> Losses.mse(p, p, LossOptions.mean().positiveWeight(p)))
        .hasMessage("mse: positiveWeight is an option of bceWithLogits; use that, or weight");
    assertThatThrownBy(() -> Losses.l1(p, p, LossOptions.mean().labelSmoothing(0.1)))
        .hasMessage(
            "l1: labelSmoothing and ignoreIndex are options of crossEntropy and nll; leave them"
                + " out");
    assertThatThrownBy(() -> Losses.huber(p, p, 1, LossOptions.mean().ignoreIndex(1)))
        .hasMessageStartingWith("huber: labelSmoothing and ignoreIndex");
    assertThatThrownBy(() -> Losses.poissonNll(p, p, LossOptions.mean().targetInLogarithms()))
        .hasMessage(
            "poissonNll: targetInLogarithms is an option of klDiv; leave it out, or pass target.exp()");
    assertThatThrownBy(() -> Losses.klDiv(p, p, LossOptions.mean().ignoreIndex(1)))
        .hasMessageStartingWith("klDiv: labelSmoothing and ignoreIndex");
  }

  @Test
  void bceWithAPositiveWeightIsExactAtInfiniteLogits() {
    Tensor z = leaf(INF, -INF, INF, -INF);
    LossOptions options = LossOptions.none().positiveWeight(Tensor.scalar(3));
    Tensor loss = Losses.bceWithLogits(z, Tensor.of(1.0, 0, 0, 1), options);
    assertThat(numbers(loss)).containsExactly(0, 0, INF, INF);
    assertThat(gradient(loss, z)).containsExactly(0, 0, 1, -3);
    assertThat(loss.shape()).isEqualTo(Shape.of(4));
  }
}
