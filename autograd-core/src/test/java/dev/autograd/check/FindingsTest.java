package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is found about inputs and operations, in which order. */
class FindingsTest {

  private static Tensor times(Tensor x, double... factors) {
    return Tensor.custom("times", x.map(v -> v), x, g -> g.mul(Tensor.of(factors).to(g.dtype())));
  }

  private static CheckedInput first(GradientCheck check) {
    return check.check().inputs().get(0);
  }

  @Test
  void equalElementsAtAMaximumShareItsSlope() {
    Tensor twice = Tensor.of(2.0, 2.0, 1.0);
    // Each gets all of it, as if it were the only one.
    UnaryOperator<Tensor> all =
        x ->
            Tensor.custom(
                "max", Tensor.scalar(x.max().item()), x, g -> g.mul(x.map(v -> v == 2 ? 1 : 0)));
    assertThat(GradientCheck.of(all).at(twice).check().count(Verdict.WRONG)).isEqualTo(1);
    assertThat(GradientCheck.of(x -> x.max()).at(twice).check().count(Verdict.KINK)).isEqualTo(2);
  }

  @Test
  void whatFailsComesFirstAndWhatIsCorrectLast() {
    // A kink is far from the mean of its slopes, farther than what is wrong.
    CheckedInput input =
        first(
            GradientCheck.of(x -> times(x.relu(), 1, 1, 1.001, 1.002))
                .at(Tensor.of(0.0, 1.0, 2.0, 3.0)));
    assertThat(input.failed()).isEqualTo(2);
    assertThat(input.worst())
        .extracting(CheckedElement::index)
        .containsExactly(List.of(3), List.of(2), List.of(0));
    input = first(GradientCheck.of(Tensor::abs).at(Tensor.of(1.0, 2.0, 0.0, 3.0)));
    assertThat(input.worst().get(0).index()).containsExactly(2);
  }

  @Test
  void directionsAreTakenOnDemand() {
    CheckedInput input = first(GradientCheck.of(Tensor::sin).at(Tensor.of(1.0, 2.0)).directions(2));
    assertThat(input.elements()).isEqualTo(2);
    assertThat(input.directions()).isEqualTo(2);
    assertThat(input.worst()).allMatch(element -> element.direction() >= 0);
    assertThat(
            first(GradientCheck.of(Tensor::sin).at(Tensor.of(1.0, 2.0, 3.0)).directions(1))
                .elements())
        .isEqualTo(1);
    GradientCheck empty = GradientCheck.of(Tensor::sin).at(Tensor.zeros(DType.F64, 0));
    assertThat(first(empty.directions(3)).elements()).isZero();
    assertThat(first(GradientCheck.of(Tensor::sin).at(Tensor.of(1.0, 2.0)).missing(0.3)).elements())
        .isEqualTo(2);
    Tensor large = Tensor.normal(new Random(1), DType.F64, 1001);
    assertThat(first(GradientCheck.of(Tensor::sin).at(large)).elements()).isEqualTo(15);
    assertThat(first(GradientCheck.of(Tensor::sin).at(large).everyElement()).elements())
        .isEqualTo(1001);
  }

  @Test
  void naturalMagnitudesAreThoseOfTheMostImportantElement() {
    TestDerivative linear =
        new TestDerivative(
            x -> new double[] {-3 * x[0] + x[1]}, (x, w) -> new double[] {-3 * w[0], w[0]}, 5, 1);
    DifferenceCheck check = new DifferenceCheck(linear, 1, Settings.DEFAULT);
    double[] natural = check.natural();
    // The scales are 4 and 1, and the sizes 12 and 1 times a weight between 0.5 and 1.5.
    assertThat(natural).hasSize(2);
    assertThat(natural[1]).isBetween(6.0, 18.0).isEqualTo(4 * natural[0]);
    assertThat(check.run().get(0).verdicts()).isEqualTo(Map.of(Verdict.CORRECT, 2));
  }

  @Test
  void theFirstRunIsElsewhere() {
    List<Double> seen = new ArrayList<>();
    GradientCheck.of(
            x -> {
              seen.add(x.item());
              return x.sin();
            })
        .at(Tensor.of(1024.0))
        .assertPasses();
    assertThat(seen.get(0)).isEqualTo(1023);
  }

  @Test
  void operationsAreOnlySearchedIfADerivativeIsWrong() {
    AtomicInteger runs = new AtomicInteger();
    GradientCheck check =
        GradientCheck.of(
                (Tensor x) -> {
                  runs.incrementAndGet();
                  return x.mul(1e-4).add(1e9);
                })
            .at(Tensor.of(1.0));
    assertThat(check.check().count(Verdict.TOO_NOISY)).isEqualTo(1);
    int failing = runs.getAndSet(0);
    check.allowing(Verdict.TOO_NOISY).check();
    assertThat(runs.get()).isEqualTo(failing);
    UnaryOperator<Tensor> wrong =
        x -> {
          runs.incrementAndGet();
          return times(x, 2);
        };
    runs.set(0);
    GradientReport report = GradientCheck.of(wrong).at(Tensor.of(1.0)).check();
    assertThat(report.blames()).hasSize(1);
    int searched = runs.getAndSet(0);
    GradientCheck.of((Tensor x) -> times(wrong.apply(x), 0.5)).at(Tensor.of(1.0)).check();
    assertThat(runs.get()).isLessThan(searched);
  }

  @Test
  void aFunctionOfFloatsIsHeldAgainstItsTwin() {
    Tensor x = Tensor.of(0.5, 2.0).to(DType.F32);
    CheckedInput input = first(GradientCheck.of(Tensor::sin).at(x));
    assertThat(input.passed()).isTrue();
    assertThat(input.worst().get(0).accuracy()).isLessThan(1e-10);
    assertThat(input.worst().get(0).tolerance()).isBetween(1e-8, 1e-5);
    assertThat(GradientCheck.of(y -> times(y.sin(), 1, 1.001)).at(x).check().count(Verdict.WRONG))
        .isEqualTo(1);
  }

  @Test
  void operationsInSinglePrecisionAreBlamed() {
    Tensor weight = Tensor.of(3.0, 4.0).to(DType.F32);
    Tensor factors = Tensor.of(1, 1.5).to(DType.F32);
    GradientReport report =
        GradientCheck.of(
                x ->
                    Tensor.custom(
                            "half", x.mul(weight).detach().sin(), x, g -> g.mul(factors).mul(x))
                        .exp())
            .at(Tensor.of(0.5, 2.0).to(DType.F32))
            .check();
    assertThat(report.blames()).extracting(Blame::op).containsExactly("half");
  }

  @Test
  void operationsOfManyElementsAreBlamedAlongDirections() {
    for (int size : new int[] {64, 65}) {
      double[] factors = new double[size];
      Arrays.fill(factors, 1);
      factors[3] = 2;
      GradientReport report =
          GradientCheck.of(x -> times(x.mul(8), factors))
              .at(Tensor.normal(new Random(1), DType.F64, size))
              .check();
      CheckedElement worst = report.blames().get(0).element();
      assertThat(report.blames()).hasSize(1);
      if (size == 64) {
        assertThat(worst.index()).containsExactly(3);
        assertThat(worst.analytic()).isCloseTo(2 * worst.numeric(), within(1e-6));
      } else {
        assertThat(worst.direction()).isBetween(0, 2);
      }
    }
  }

  @Test
  void verdictsThatFailAreThoseThatWereAskedFor() {
    Settings settings = Settings.DEFAULT.withFailing(Set.of());
    TestDerivative wrong =
        new TestDerivative(x -> new double[] {x[0]}, (x, w) -> new double[] {9 * w[0]}, 1);
    CheckedInput input = new DifferenceCheck(wrong, 2, settings).run().get(0);
    assertThat(input.count(Verdict.WRONG)).isEqualTo(1);
    assertThat(input.failed()).isZero();
    assertThat(input.order()).isEqualTo(2);
    assertThat(input.reached()).isTrue();
    wrong.reached = false;
    assertThat(new DifferenceCheck(wrong, 2, settings).run().get(0).reached()).isFalse();
  }
}
