package dev.autograd.check;

import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.Losses;
import dev.autograd.Tensor;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which verdict a derivative gets, right or wrong, at smooth places and at all others. */
class VerdictTest {

  private static GradientReport check(UnaryOperator<Tensor> f, double... at) {
    return GradientCheck.of(f).at(Tensor.of(at)).check();
  }

  private static CheckedElement first(UnaryOperator<Tensor> f, double... at) {
    return check(f, at).inputs().get(0).first().orElseThrow();
  }

  /** Returns relu(x) with another slope at 0. */
  private static Tensor relu(Tensor x, double slope) {
    return Tensor.custom(
        "relu",
        x.map(v -> Math.max(v, 0)),
        x,
        g -> g.mul(x.map(v -> v == 0 ? slope : v > 0 ? 1 : 0)));
  }

  @Nested
  class AtKinks {

    @Test
    void theLibrarysConventionsAreKinks() {
      assertThat(first(Tensor::relu, 0).verdict()).isEqualTo(Verdict.KINK);
      assertThat(first(Tensor::abs, 0).verdict()).isEqualTo(Verdict.KINK);
      assertThat(first(x -> x.max(), 2, 2, 1).verdict()).isEqualTo(Verdict.KINK);
      assertThat(first(x -> x.clamp(0, 1), 1).verdict()).isEqualTo(Verdict.KINK);
      assertThat(first(x -> x.norm(), 0).verdict()).isEqualTo(Verdict.KINK);
    }

    @Test
    void theyPass() {
      assertThat(check(Tensor::relu, -1, 0, 1).passed()).isTrue();
      assertThat(check(Tensor::relu, -1, 0, 1).summary()).endsWith("; 1 kink");
    }

    @Test
    void unlessKinksFail() {
      GradientCheck strict =
          GradientCheck.of(Tensor::relu).at(Tensor.of(-1.0, 0.0)).failingOn(Verdict.KINK);
      assertThat(strict.check().failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 0.5, 0.25})
    void bothSlopesAndTheConventionAreTold(double slope) {
      CheckedElement kink = first(x -> relu(x, slope).mul(3).add(x), 0);
      assertThat(kink.verdict()).isEqualTo(Verdict.KINK);
      assertThat(kink.left()).isCloseTo(1, within(1e-9));
      assertThat(kink.right()).isCloseTo(4, within(1e-9));
      assertThat(kink.smooth()).isFalse();
      assertThat(kink.convention())
          .isEqualTo(
              slope == 0 ? "left" : slope == 1 ? "right" : slope == 0.5 ? "mean" : "between");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, 7, Double.NaN, Double.POSITIVE_INFINITY})
    void aSlopeOutsideOfBothIsWrong(double slope) {
      GradientReport report = check(x -> relu(x, slope), 0, 1);
      CheckedElement kink = report.inputs().get(0).first().orElseThrow();
      assertThat(kink.verdict()).isEqualTo(Verdict.WRONG);
      assertThat(kink.convention()).isEqualTo("outside");
      assertThat(report.toString()).contains("the analytic derivative lies outside of both");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-5, 1e-7})
    void nextToOneTheFunctionIsSmooth(double distance) {
      assertThat(first(x -> x.sub(1).relu(), 1 + distance).verdict()).isEqualTo(Verdict.CORRECT);
      assertThat(first(x -> x.sub(1).relu(), 1 - distance).verdict()).isEqualTo(Verdict.CORRECT);
      UnaryOperator<Tensor> wrong = x -> relu(x.sub(1), 0).mul(1).add(x.sub(x.detach()));
      GradientReport report =
          check(x -> PlantedBugsTest.scaled(x.sub(1).relu(), 1.001), 1 + distance);
      assertThat(report.count(Verdict.WRONG)).as(wrong.toString()).isEqualTo(1);
    }
  }

  @Nested
  class WhereTheSlopeHasAKink {

    @Test
    void rightDerivativesAreCorrect() {
      Tensor zeros = Tensor.zeros(F64, 3);
      assertThat(check(x -> Losses.huber(x, zeros, 1.0), 1, -1, 0.3).count(Verdict.CORRECT))
          .isEqualTo(3);
      assertThat(first(x -> x.relu().square(), 0).verdict()).isEqualTo(Verdict.CORRECT);
      assertThat(first(x -> x.mul(x.abs()), 0).verdict()).isEqualTo(Verdict.CORRECT);
      assertThat(first(x -> x.sub(1).relu().square(), 1).verdict()).isEqualTo(Verdict.CORRECT);
    }

    @Test
    void wrongOnesAreWrong() {
      UnaryOperator<Tensor> f = x -> PlantedBugsTest.scaled(x.relu().square().add(x), 1.001);
      assertThat(check(f, 0, 0.5).count(Verdict.WRONG)).isEqualTo(2);
    }
  }

  @Nested
  class FarFromTheUsualScales {

    @ParameterizedTest
    @ValueSource(doubles = {1e3, 1e5, 1e7})
    void rightDerivativesOfFastWavesAreNeverWrong(double frequency) {
      Tensor at = Tensor.normal(new Random(4), F64, 100);
      GradientReport report = GradientCheck.of(x -> x.mul(frequency).sin()).at(at).check();
      assertThat(report.count(Verdict.WRONG)).isZero();
    }

    @Test
    void rightDerivativesNextToOverflowAreNeverWrong() {
      assertThat(check(Tensor::exp, 709).count(Verdict.WRONG)).isZero();
      assertThat(check(Tensor::reciprocal, 1e-200).count(Verdict.WRONG)).isZero();
    }
  }

  @Nested
  class WhereThereIsNoDerivative {

    @Test
    void jumpsVerticalTangentsAndBordersOfTheDomainAreNamed() {
      assertThat(first(Tensor::floor, 2).verdict()).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
      assertThat(first(Tensor::sign, 0).verdict()).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
      assertThat(first(Tensor::sqrt, 0).verdict()).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
      assertThat(
              first(x -> Tensor.custom("cbrt", x.map(Math::cbrt), x, g -> g.mul(1e9)), 0).verdict())
          .isEqualTo(Verdict.NOT_DIFFERENTIABLE);
      assertThat(first(Tensor::acos, 1).verdict()).isEqualTo(Verdict.NOT_DIFFERENTIABLE);
    }

    @Test
    void theyPassAndAreCounted() {
      assertThat(check(Tensor::floor, 2, 2.5).passed()).isTrue();
      assertThat(check(Tensor::floor, 2, 2.5).summary())
          .endsWith("; 1 not differentiable or not finite here");
    }

    @Test
    void exceptionsOnOneSideAreABorderToo() {
      Tensor target = Tensor.of(1.0, 0.0);
      GradientReport report =
          GradientCheck.of(p -> Losses.bce(p, target)).at(Tensor.of(0.5, 0.0)).check();
      assertThat(report.count(Verdict.CORRECT)).isEqualTo(2);
    }

    @Test
    void aWrongSlopeAtABorderWithASlopeIsWrong() {
      UnaryOperator<Tensor> f =
          x ->
              Tensor.custom(
                  "half",
                  x.map(v -> v < 0 ? Double.NaN : v * v + v),
                  x,
                  g -> g.mul(x.mul(2).add(1.001)));
      assertThat(first(f, 0).verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void aDerivativeThatIsNotFiniteWhereTheFunctionIsSmoothIsWrong() {
      UnaryOperator<Tensor> f = x -> Tensor.custom("sin", x.map(Math::sin), x, g -> g.div(0));
      assertThat(first(f, 1).verdict()).isEqualTo(Verdict.WRONG);
    }
  }

  @Nested
  class InNoise {

    @Test
    void aDerivativeThatDrownsIsTooNoisyToTell() {
      CheckedElement element = first(x -> x.mul(1e-4).add(1e9), 1);
      assertThat(element.verdict()).isEqualTo(Verdict.TOO_NOISY);
      assertThat(element.accuracy()).isBetween(1e-5, 1e-2);
    }

    @Test
    void theReportTellsTheAccuracy() {
      assertThat(check(Tensor::tanh, 17.5).summary())
          .contains("known only to ")
          .contains("too noisy to tell");
    }

    @Test
    void aFunctionThatComputesWithNoiseIsCheckedAsFarAsItGoes() {
      UnaryOperator<Tensor> noisy =
          x ->
              Tensor.custom(
                  "noisy",
                  x.map(v -> Math.sin(v) + 1e-7 * new Random(Double.hashCode(v)).nextGaussian()),
                  x,
                  g -> g.mul(x.cos()));
      CheckedElement element = first(noisy, 0.7);
      assertThat(element.verdict()).isEqualTo(Verdict.CORRECT);
      assertThat(element.accuracy()).isBetween(1e-6, 1e-2);
      UnaryOperator<Tensor> wrong = x -> PlantedBugsTest.scaled(noisy.apply(x), 1.5);
      assertThat(first(wrong, 0.7).verdict()).isEqualTo(Verdict.WRONG);
    }

    @Test
    void zerosThatCancelAreNoNoise() {
      GradientReport report = check(x -> x.softmax(0).sum(), 0.3, -1.2, 2.5);
      assertThat(report.count(Verdict.CORRECT)).isEqualTo(3);
      report = check(x -> x.sub(x.mean()).sum().add(x.square().sum()), 0.3, -1.2, 2.5);
      assertThat(report.count(Verdict.CORRECT)).isEqualTo(3);
      assertThat(check(x -> x.sub(x), 0.3, -1.2).count(Verdict.CORRECT)).isEqualTo(2);
    }
  }

  @Nested
  class WithStopGradients {

    @Test
    void aStraightThroughEstimatorIsReportedAsSuch() {
      GradientReport report = check(x -> x.round().sub(x).detach().add(x).square(), 0.3, 1.8);
      assertThat(report.count(Verdict.WRONG)).isZero();
      assertThat(report.passed()).isTrue();
    }

    @Test
    void aDetachedFactorIsReportedWithItsLine() {
      GradientReport report = check(x -> x.mul(x.detach()), 0.3, 1.8);
      assertThat(report.count(Verdict.STOPPED)).isEqualTo(2);
      assertThat(report.passed()).isTrue();
      assertThat(report.summary()).contains("2 stop-gradient");
      assertThat(report.stops()).hasSize(1);
      assertThat(report.toString())
          .contains("Stop-gradient")
          .contains("VerdictTest$WithStopGradients")
          .contains("(VerdictTest.java:");
    }

    @Test
    void soIsNoGrad() {
      GradientReport report = check(x -> x.mul(Autograd.noGrad(() -> x.sin())), 0.3, 1.8);
      assertThat(report.count(Verdict.STOPPED)).isEqualTo(2);
    }

    @Test
    void theyFailOnDemand() {
      assertThat(
              GradientCheck.of((Tensor x) -> x.mul(x.detach()))
                  .at(Tensor.of(0.3))
                  .failingOn(Verdict.STOPPED)
                  .check()
                  .passed())
          .isFalse();
    }

    @Test
    void aWrongPullbackBesideOneIsWrong() {
      GradientReport report =
          check(x -> PlantedBugsTest.scaled(x.mul(x.detach()), 1.001), 0.3, 1.8);
      assertThat(report.count(Verdict.WRONG)).isEqualTo(2);
    }

    @Test
    void aPullbackThatReturnsNothingIsWrongThoughItsValueIsDetached() {
      UnaryOperator<Tensor> f =
          x -> Tensor.custom("sin", x.detach().sin(), x, g -> g.mul(0)).add(x);
      assertThat(check(f, 0.3, 1.8).count(Verdict.WRONG)).isEqualTo(2);
    }

    @Test
    void anInputThatNoGradientReachesIsWrong() {
      GradientReport report =
          GradientCheck.of((a, b) -> a.mul(b.detach())).at(Tensor.of(2.0), Tensor.of(3.0)).check();
      assertThat(report.count(Verdict.WRONG)).isEqualTo(1);
      assertThat(report.toString())
          .contains("No gradient arrived at input 1, but the output moves with it")
          .contains("(VerdictTest.java:");
    }

    @Test
    void aDetachedFactorInAPullbackIsNoStop() {
      UnaryOperator<Tensor> f =
          x -> Tensor.custom("sin", x.map(Math::sin), x, g -> g.mul(x.detach().cos()));
      GradientReport report = GradientCheck.of(f).at(Tensor.of(0.3, 1.8)).order(2).check();
      assertThat(report.count(Verdict.WRONG)).isPositive();
      assertThat(report.count(Verdict.STOPPED)).isZero();
    }
  }
}
