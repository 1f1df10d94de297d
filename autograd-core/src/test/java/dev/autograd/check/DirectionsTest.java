package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Large inputs are moved along random directions. */
class DirectionsTest {

  private static final Tensor LARGE = Tensor.normal(new Random(1), DType.F64, 50, 40);

  /** Returns the sine, with a derivative that is off by a part of itself at one element. */
  private static Tensor wrongAtOne(Tensor x, double part) {
    double[] factors = new double[x.size()];
    Arrays.fill(factors, 1);
    factors[x.size() / 3] += part;
    Tensor factor = Tensor.wrap(x.shape(), factors);
    return Tensor.custom("planted", x.map(Math::sin), x, g -> g.mul(x.cos()).mul(factor));
  }

  @Test
  void arePreferredForLargeInputs() {
    AtomicInteger runs = new AtomicInteger();
    UnaryOperator<Tensor> f =
        x -> {
          runs.incrementAndGet();
          return x.sin();
        };
    GradientReport report = GradientCheck.of(f).at(LARGE).order(2).check();
    assertThat(report.passed()).isTrue();
    assertThat(report.inputs().get(0).directions()).isEqualTo(15);
    assertThat(report.elements()).isEqualTo(15 + 2 * 15);
    assertThat(runs.get()).isLessThan(500);
    assertThat(report.toString()).contains("direction ").contains("random directions");
  }

  @Test
  void findOneWrongElementAmongThousands() {
    for (long seed = 0; seed < 20; seed++) {
      GradientReport report =
          GradientCheck.of(x -> wrongAtOne(x, 1e-4)).at(LARGE).seed(seed).check();
      assertThat(report.passed()).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void areAsManyAsAProbabilityAsksFor() {
    GradientCheck check = GradientCheck.of(Tensor::sin).at(LARGE);
    assertThat(check.missing(0.3).check().elements()).isEqualTo(2);
    assertThat(check.missing(1e-3).check().elements()).isEqualTo(8);
    assertThat(check.missing(1e-9).check().elements()).isEqualTo(22);
    assertThat(check.directions(5).check().elements()).isEqualTo(5);
  }

  @Test
  void servesSmallInputsOnDemandAndLargeOnesNot() {
    Tensor small = Tensor.of(0.1, 0.2);
    assertThat(GradientCheck.of(Tensor::sin).at(small).directions(4).check().elements())
        .isEqualTo(4);
    assertThat(GradientCheck.of(Tensor::sin).at(small).missing(1e-9).check().elements())
        .isEqualTo(2);
    GradientReport every = GradientCheck.of(Tensor::sin).at(LARGE).everyElement().check();
    assertThat(every.elements()).isEqualTo(2000);
    assertThat(every.inputs().get(0).directions()).isZero();
  }

  @Test
  void thatMeetKinksAreNoErrorsAndSomeElementsAreCheckedSingly() {
    Tensor zeros = Tensor.zeros(DType.F64, 2000);
    GradientReport report = GradientCheck.of(Tensor::relu).at(zeros).check();
    assertThat(report.passed()).isTrue();
    assertThat(report.count(Verdict.KINK)).isEqualTo(report.elements()).isGreaterThan(15 + 50);
    UnaryOperator<Tensor> wrong =
        x -> Tensor.custom("relu", x.map(v -> Math.max(v, 0)), x, g -> g.mul(2));
    assertThat(GradientCheck.of(wrong).at(zeros).check().count(Verdict.WRONG)).isGreaterThan(50);
  }

  @Test
  void ofNothingCheckNothing() {
    assertThat(
            GradientCheck.of(Tensor::sin)
                .at(Tensor.zeros(DType.F64, 0))
                .directions(3)
                .check()
                .elements())
        .isZero();
  }

  /**
   * A normal number is less than half with a probability of 0.383: an error of twice the tolerance
   * is missed by one direction so often, and not more.
   */
  @Test
  void missAnErrorOfTwiceTheToleranceAsOftenAsPromised() {
    double tolerance = 1e-3;
    // The slope is 1 and its error 2e-3; the tolerance is absolute.
    UnaryOperator<Tensor> f =
        x -> Tensor.custom("planted", x.map(v -> v), x, g -> g.mul(1 + 2 * tolerance));
    int missed = 0;
    for (long seed = 0; seed < 400; seed++) {
      GradientReport report =
          GradientCheck.of(f)
              .at(Tensor.of(1.0))
              .tolerance(0, tolerance)
              .directions(1)
              .seed(seed)
              .check();
      missed += report.passed() ? 1 : 0;
    }
    assertThat(missed).isBetween(110, 200);
  }
}
