package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Pullback;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reports say about bugs; that bugs are found is {@link PlantedBugCorpusTest}'s part. */
class PlantedBugsTest {

  private static Tensor normal(long seed, int... dims) {
    return Tensor.normal(new Random(seed), DType.F64, dims);
  }

  /** Returns y with all gradients through it multiplied by a factor. */
  static Tensor scaled(Tensor y, double factor) {
    return Tensor.custom("scaled", y.detach(), y, g -> g.mul(factor));
  }

  private static Tensor elementwise(DoubleUnaryOperator f, Tensor x, Pullback pullback) {
    return Tensor.custom("planted", x.map(f), x, pullback);
  }

  @Test
  void thatNeedAnAxisOfSizeOneShowAtThatSizeOnly() {
    UnaryOperator<Tensor> f =
        x -> elementwise(Math::sin, x, g -> g.mul(x.cos()).mul(x.shape().dim(0) == 1 ? 2 : 1));
    GradientCheck.of(f).at(normal(6, 3)).assertPasses();
    assertThat(GradientCheck.of(f).at(normal(7, 1)).check().passed()).isFalse();
  }

  @Test
  void areFoundOutInSmallOutputsBesideLargeOnes() {
    UnaryOperator<Tensor> f = x -> scaled(x.exp(), 1.001);
    GradientReport report = GradientCheck.of(f).at(Tensor.of(-9.0, -4.0, 0.5, 4.0, 9.0)).check();
    assertThat(report.failed()).isEqualTo(5);
  }

  @Nested
  class InSaturation {

    /**
     * The slope of tanh is 4.5e-7 at 8, 1.5e-10 at 12, 2.2e-15 at 17.5 and less than its rounding.
     */
    private static Tensor flipped(Tensor x) {
      return Tensor.custom(
          "tanh",
          x.map(Math::tanh),
          x,
          (g, y) -> g.mul(y.square().subFrom(1)).mul(x.gt(5).to(DType.F64).mul(-2).add(1)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {8, 10, 12})
    void aSignIsFoundOutAsLongAsRoundingLetsItShow(double x) {
      GradientReport report = GradientCheck.of(InSaturation::flipped).at(Tensor.of(0.1, x)).check();
      assertThat(report.failed()).isEqualTo(1);
    }

    @Test
    void beyondThatTheElementIsTooNoisyToTell() {
      GradientCheck check = GradientCheck.of(InSaturation::flipped).at(Tensor.of(0.1, 17.5));
      GradientReport report = check.check();
      assertThat(report.passed()).isFalse();
      assertThat(report.count(Verdict.TOO_NOISY)).isEqualTo(1);
      assertThat(report.toString())
          .contains("1 too noisy to tell")
          .contains("hardly their sign was verified");
      assertThat(check.allowing(Verdict.TOO_NOISY).check().passed()).isTrue();
    }
  }

  @Nested
  class OfTheSecondOrder {

    private final Tensor x = normal(8, 2, 3);

    private void assertOnlySecondFails(UnaryOperator<Tensor> f) {
      GradientCheck.of(f).at(x).assertPasses();
      GradientReport report = GradientCheck.of(f).at(x).order(2).check();
      assertThat(report.passed()).isFalse();
      assertThat(report.inputs())
          .filteredOn(input -> input.order() == 1)
          .allMatch(CheckedInput::passed);
      assertThat(report.toString()).contains("The derivatives below that order are right");
    }

    @Test
    void aDetachedUpstreamGradientIsFoundOut() {
      UnaryOperator<Tensor> f = t -> elementwise(Math::sin, t, g -> g.detach().mul(t.cos()));
      assertOnlySecondFails(f);
      GradientReport report = GradientCheck.of(f).at(x).order(2).check();
      assertThat(report.inputs())
          .filteredOn(input -> !input.passed())
          .extracting(CheckedInput::name)
          .containsExactly("upstream gradient");
    }

    @Test
    void areNotLookedForBelowAWrongFirst() {
      GradientReport report = GradientCheck.of(t -> scaled(t.sin(), 2)).at(x).order(2).check();
      assertThat(report.inputs()).extracting(CheckedInput::order).containsExactly(1);
      assertThat(report.toString()).contains("Order 2 was not checked");
    }
  }

  @Nested
  class AtKinks {

    @Test
    void aBugElsewhereIsFoundOutAllTheSame() {
      UnaryOperator<Tensor> f = x -> scaled(x.relu(), 1.001);
      GradientReport report = GradientCheck.of(f).at(Tensor.of(1e-7, -1e-7, 0.5, 2.0)).check();
      assertThat(report.failed()).isEqualTo(3);
      assertThat(report.toString()).doesNotContain("kink");
    }
  }
}
