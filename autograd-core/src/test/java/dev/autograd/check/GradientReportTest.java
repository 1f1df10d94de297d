package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientReportTest {

  private final Tensor a = Tensor.of(Shape.of(2, 2), 0.5, -1.5, 2, 0.25).named("a");
  private final Tensor b = Tensor.of(1.0, -2.0).named("b");

  /**
   * Right but for the derivative by the element [1, 0] of the first, which is one percent too
   * large.
   */
  private static Tensor wrongAtOneElement(Tensor a, Tensor b) {
    Tensor factors = Tensor.of(Shape.of(2, 2), 1, 1, 1.01, 1);
    Tensor y = Tensor.custom("planted", a.detach(), a, g -> g.mul(factors));
    return y.matmul(b).square().sum();
  }

  private GradientReport failure() {
    return GradientCheck.of(GradientReportTest::wrongAtOneElement).at(a, b).order(2).check();
  }

  @Test
  void namesInputShapeAndWorstElement() {
    CheckedInput first = failure().inputs().get(0);
    assertThat(first.name()).isEqualTo("\"a\"");
    assertThat(first.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(first.order()).isEqualTo(1);
    assertThat(first.elements()).isEqualTo(4);
    assertThat(first.failed()).isEqualTo(1);
    assertThat(first.reached()).isTrue();
    assertThat(first.passed()).isFalse();
    CheckedElement worst = first.first().orElseThrow();
    assertThat(worst.index()).containsExactly(1, 0);
    assertThat(worst.smooth()).isTrue();
    assertThat(worst.verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void givesTheDerivativesOfASingleOutputThemselves() {
    // y = Σ (a b)², so that ∂y/∂a₁₀ = 2 (2·1 - 0.25·2) · 1 = 3
    CheckedElement worst = failure().inputs().get(0).first().orElseThrow();
    assertThat(worst.numeric()).isCloseTo(3, within(1e-9));
    assertThat(worst.analytic()).isCloseTo(3.03, within(1e-14));
    assertThat(worst.error()).isCloseTo(0.03, within(1e-9));
    assertThat(worst.tolerance()).isBetween(1e-9, 1e-8);
  }

  @Test
  void leavesTheOtherInputInPeace() {
    CheckedInput second = failure().inputs().get(1);
    assertThat(second.name()).isEqualTo("\"b\"");
    assertThat(second.passed()).isTrue();
  }

  @Test
  void countsElementsOfBothOrdersAndTheUpstreamGradient() {
    GradientReport report = GradientCheck.of((x, y) -> x.matmul(y).exp()).at(a, b).order(2).check();
    assertThat(report.passed()).isTrue();
    assertThat(report.elements()).isEqualTo(4 + 2 + 4 + 2 + 2);
    assertThat(report.inputs()).extracting(CheckedInput::order).containsExactly(1, 1, 2, 2, 2);
    assertThat(report.inputs())
        .extracting(CheckedInput::name)
        .containsExactly("\"a\"", "\"b\"", "\"a\"", "\"b\"", "upstream gradient");
    assertThat(report.order()).isEqualTo(2);
  }

  @Test
  void cannotBeChanged() {
    List<CheckedInput> inputs = failure().inputs();
    assertThat(inputs).isUnmodifiable();
  }

  @Test
  void readsAsSummaryTableAndAdvice() {
    List<String> lines = failure().toString().lines().toList();
    assertThat(lines.get(0))
        .matches(
            "gradient check failed: 1 of 6 derivatives, order 2; worst is \"a\" \\[1, 0]: analytic"
                + " 3\\.03000000000, numeric 3\\.000000000\\d\\d, off by 3\\.0e-02 where 3\\.\\de-09 is"
                + " allowed");
    assertThat(lines.get(2)).matches("order +input +shape +at +analytic +numeric +error +allowed");
    assertThat(lines.get(3))
        .startsWith("1      \"a\"    [2, 2]  [1, 0]")
        .endsWith("FAILED: 1 of 4, 1 wrong");
    assertThat(lines.get(4)).startsWith("1      \"b\"    [2]").endsWith("ok");
    assertThat(String.join(" ", lines.subList(5, lines.size())))
        .contains("seed 42")
        .contains(
            "To blame: the pullback of 'planted' for operand 0, called at dev.autograd.check.GradientReportTest.wrongAtOneElement(GradientReportTest.java:")
        .contains("Order 2 was not checked");
  }

  @Test
  void putsTheWorstInputFirst() {
    GradientReport report =
        GradientCheck.of(
                (x, y) -> PlantedBugsTest.scaled(x, 1.001).matmul(PlantedBugsTest.scaled(y, 3)))
            .at(a, b)
            .check();
    List<String> lines = report.toString().lines().toList();
    assertThat(lines.get(3)).contains("\"b\"");
    assertThat(lines.get(5)).contains("\"a\"");
  }

  @Test
  void saysThatAllIsWell() {
    GradientReport report = GradientCheck.of(Tensor::sin).at(Tensor.scalar(1)).check();
    assertThat(report.toString())
        .startsWith("gradient check passed: 1 derivative, order 1\n")
        .doesNotContain("FAILED");
  }

  @Test
  void isTheMessageOfTheError() {
    GradientCheck check = GradientCheck.of(GradientReportTest::wrongAtOneElement).at(a, b);
    assertThatExceptionOfType(GradientCheckError.class)
        .isThrownBy(check::assertPasses)
        .withMessage(check.check().toString());
  }

  @Test
  void namesAnInputThatNoGradientReaches() {
    GradientReport report = GradientCheck.of((x, y) -> x.mul(y.detach())).at(b, b).check();
    CheckedInput second = report.inputs().get(1);
    assertThat(second.reached()).isFalse();
    assertThat(second.failed()).isEqualTo(2);
    assertThat(report.toString())
        .contains("no gradient arrived")
        .contains(
            "No gradient arrived at \"b\", but the output moves with it: look for what stops");
  }

  @Test
  void namesAnInputThatTheFunctionTrulyIgnoresWithoutFailing() {
    GradientReport report = GradientCheck.of((x, y) -> x.sin()).at(a, b).order(2).check();
    assertThat(report.passed()).isTrue();
    assertThat(report.inputs().get(1).reached()).isFalse();
    assertThat(report.toString()).contains("ok, no gradient arrived");
  }

  @Test
  void countsADerivativeThatIsNotFiniteAsInfinitelyWrong() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      GradientReport report =
          GradientCheck.of(x -> Tensor.custom("bad", x.map(Math::sin), x, g -> g.mul(bad)))
              .at(b)
              .tolerance(1e9, 1e9)
              .check();
      assertThat(report.failed()).isEqualTo(2);
      CheckedElement worst = report.inputs().get(0).first().orElseThrow();
      assertThat(worst.error()).isInfinite();
      assertThat(report.toString()).contains(Double.isNaN(bad) ? "analytic NaN" : "Infinity");
    }
  }

  @Test
  void obeysTheTolerance() {
    GradientCheck check = GradientCheck.of(x -> PlantedBugsTest.scaled(x.sin(), 1.001)).at(b);
    assertThat(check.check().passed()).isFalse();
    assertThat(check.tolerance(2e-3, 0).check().passed()).isTrue();
    assertThat(check.tolerance(0, 2e-3).check().passed()).isTrue();
    assertThat(check.tolerance(5e-4, 0).check().passed()).isFalse();
  }
}
