package dev.autograd;

import static dev.autograd.array.DType.F64;
import static dev.autograd.array.DType.I64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The divergence of distributions and the likelihood of classes: identities, zeros, refusals. */
class LossesDivergenceTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final Tensor LOGITS =
      Tensor.of(new double[][] {{0.3, -1.2, 0.7, 2}, {1.5, 0, -0.4, 0.1}, {-2, 0.25, 1, -1}});
  private static final Tensor Q =
      Tensor.of(new double[][] {{0.1, 0.2, 0.3, 0.4}, {0.7, 0.1, 0.1, 0.1}, {0.25, 0.5, 0, 0.25}});
  private static final LossOptions LOG_TARGET = LossOptions.none().targetInLogarithms();

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  private static Tensor slope(Tensor loss, Tensor x) {
    return Autograd.grad(loss.sum(), x, GradOptions.createGraph());
  }

  private static double[] gradient(Tensor loss, Tensor x) {
    return numbers(slope(loss, x));
  }

  /** Returns the elements, zeros without a sign. */
  private static double[] numbers(Tensor x) {
    return x.add(0).toDoubleArray();
  }

  // ---------------------------------------------------------------- klDiv

  @Test
  void klDivIsCrossEntropyMinusEntropy() {
    double divergence = Losses.klDiv(LOGITS.logSoftmax(1), Q, Reduction.BATCH_MEAN).item();
    double crossEntropy = Losses.crossEntropy(LOGITS, Q).item();
    double entropy = 0;
    for (double q : Q.toDoubleArray()) {
      entropy -= q == 0 ? 0 : q * Math.log(q) / 3;
    }
    assertThat(divergence).isPositive().isCloseTo(crossEntropy - entropy, within(1e-14));
  }

  @Test
  void equalDistributionsDoNotDiverge() {
    Tensor p = LOGITS.softmax(1);
    assertThat(Losses.klDiv(LOGITS.logSoftmax(1), p, Reduction.SUM).item())
        .isCloseTo(0, within(1e-15));
  }

  @Test
  void aTargetOfLogarithmsIsTheSameDivergence() {
    Tensor logP = LOGITS.logSoftmax(1);
    double[] plain = Losses.klDiv(logP, Q, Reduction.NONE).toDoubleArray();
    double[] ofLogs = Losses.klDiv(logP, Q.log(), LOG_TARGET).toDoubleArray();
    assertThat(ofLogs).containsExactly(plain, within(1e-15));
  }

  @Test
  void aTargetOfZeroAddsNothing() {
    Tensor logP = leaf(-1, -INF, -2);
    Tensor t = leaf(0, 0, 1);
    Tensor loss = Losses.klDiv(logP, t, Reduction.NONE);
    assertThat(numbers(loss)).containsExactly(0, 0, 2);
    assertThat(gradient(loss, logP)).containsExactly(0, 0, -1);
    // Any share for what is held to be impossible costs without limit.
    assertThat(gradient(loss, t)).containsExactly(-99, INF, 3);
  }

  @Test
  void theGradientAtZeroIsThatOfTheClampedLogarithm() {
    Tensor t = leaf(0, 1e-60, 1e-43, 1e-30);
    Tensor loss = Losses.klDiv(Tensor.of(-1.0, -1, -1, -1).withGrad(), t, Reduction.NONE);
    double[] slopes = gradient(loss, t);
    assertThat(slopes)
        .containsExactly(
            new double[] {-99, -99, Math.log(1e-43) + 2, Math.log(1e-30) + 2}, within(1e-12));
    Tensor curvature = slope(slope(loss, t), t);
    assertThat(curvature.at(0).item()).isZero();
    assertThat(curvature.at(3).item()).isCloseTo(1e30, within(1e16));
  }

  @Test
  void aLogarithmOfMinusInfinitySendsNothingOnInAnyOrder() {
    Tensor logP = leaf(-1, -INF, -2);
    Tensor t = leaf(-INF, -INF, 0);
    Tensor loss = Losses.klDiv(logP, t, LOG_TARGET);
    assertThat(numbers(loss)).containsExactly(0, 0, 2);
    assertThat(gradient(loss, logP)).containsExactly(0, 0, -1);
    assertThat(gradient(loss, t)).containsExactly(0, 0, 3);
    assertThat(gradient(slope(loss, t), t)).containsExactly(0, 0, 4);
    assertThat(gradient(slope(loss, t), logP)).containsExactly(0, 0, -1);
    assertThat(Losses.klDiv(leaf(-1), leaf(Double.NaN), LOG_TARGET).item()).isNaN();
  }

  @Test
  void aNegativeTargetIsNoProbability() {
    assertThat(Losses.klDiv(leaf(-1), Tensor.of(-0.5)).item()).isNaN();
  }

  // ---------------------------------------------------------------- nll

  static Stream<LossOptions> options() {
    Tensor weight = Tensor.of(0.5, 2, 1.25, 0);
    return Stream.of(Reduction.values())
        .flatMap(
            r ->
                List.of(
                    LossOptions.of(r),
                    LossOptions.of(r).weight(weight),
                    LossOptions.of(r).ignoreIndex(2),
                    LossOptions.of(r).weight(weight).labelSmoothing(0.1).ignoreIndex(0))
                    .stream());
  }

  @ParameterizedTest
  @MethodSource("options")
  void nllOfLogSoftmaxIsCrossEntropy(LossOptions options) {
    Tensor classes = Tensor.indices(2, 0, 1);
    Tensor a = LOGITS.withGrad();
    Tensor b = LOGITS.withGrad();
    Tensor nll = Losses.nll(a.logSoftmax(1), classes, options);
    Tensor crossEntropy = Losses.crossEntropy(b, classes, options);
    // Two formulas: cross-entropy of classes takes no logarithm of each probability and back.
    assertThat(nll.toDoubleArray()).containsExactly(crossEntropy.toDoubleArray(), within(1e-15));
    assertThat(gradient(nll, a)).containsExactly(gradient(crossEntropy, b), within(1e-15));
  }

  @Test
  void rowsThatAreIgnoredHaveNoInfluence() {
    Tensor logP = Tensor.of(new double[][] {{-1, -INF}, {-3, -2}}).withGrad();
    LossOptions options = LossOptions.mean().ignoreIndex(7);
    Tensor loss = Losses.nll(logP, Tensor.indices(7, 1), options);
    assertThat(loss.item()).isEqualTo(2);
    assertThat(gradient(loss, logP)).containsExactly(0, 0, 0, -1);
    Tensor none = Losses.nll(logP, Tensor.indices(7, 7), options);
    assertThat(none.item()).isNaN();
    assertThat(gradient(none, logP)).containsOnly(0);
  }

  @Test
  void impossibleClassesThatAreNotTheTargetDoNotMatter() {
    Tensor logP = Tensor.of(new double[][] {{0, -INF, -INF}}).withGrad();
    Tensor loss = Losses.nll(logP, new int[] {0});
    assertThat(loss.item()).isZero();
    assertThat(gradient(loss, logP)).containsExactly(-1, 0, 0);
    assertThat(Losses.nll(logP, new int[] {1}, Reduction.SUM).item()).isEqualTo(INF);
  }

  @Test
  void whatNllRefuses() {
    Tensor logP = Tensor.zeros(F64, 2, 3);
    assertThatThrownBy(() -> Losses.nll(logP, Tensor.zeros(F64, 2)))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "nll: the classes are F64; they must be I32 or I64, use klDiv or crossEntropy for"
                + " probabilities");
    assertThatThrownBy(() -> Losses.nll(logP, new int[] {0, 3}))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(
            "nll: row 1 has class 3; the log-probabilities have classes 0 to 2, use ignoreIndex for"
                + " rows that shall not count");
    assertThatThrownBy(() -> Losses.nll(logP, Tensor.zeros(I64, 2, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "nll: the log-probabilities are [2, 3] and the classes [2, 1]; there must be one class"
                + " per row, [2]");
    assertThatThrownBy(() -> Losses.nll(Tensor.scalar(1.0), Tensor.indices(0)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "nll: the log-probabilities are 0-d; they must be [rows, classes] or [classes]");
    assertThatThrownBy(
            () -> Losses.nll(logP, Tensor.indices(0, 1), LossOptions.mean().targetInLogarithms()))
        .hasMessageStartingWith("nll: targetInLogarithms is an option of klDiv");
  }
}
