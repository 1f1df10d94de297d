package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import org.junit.jupiter.api.Test;

/** Contracts that say nothing that could be checked, and what reports look like. */
class OpContractRefusalTest {

  private static final OpContract SIN = OpContract.of("sin", Tensor::sin).reference(Math::sin);

  @Test
  void aReferenceOfNumbersFitsTheOperands() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpContract.of("mul", (a, b) -> a.mul(b)).reference(Math::sin))
        .withMessageContaining(
            "'mul' is no operation on one tensor; give a function of its operands");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIN.reference(Math::atan2))
        .withMessageContaining("'sin' is no operation on two tensors");
  }

  @Test
  void aListNeedsSamples() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpContract.ofList("sin", in -> in.get(0).sin()).check())
        .withMessageContaining("say so with shapes(...), sample(...) or samples(...)");
  }

  @Test
  void aDomainHasRoom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIN.domain(1, 1))
        .withMessage("domain: from is 1.0 and to is 1.0; from must be below to");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SIN.domain(0, 1)
                    .except(
                        0.02, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6,
                        0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
                    .check())
        .withMessageContaining("there is no room for samples");
  }

  @Test
  void tolerancesAreNotNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> SIN.tolerance(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> SIN.singleTolerance(0, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIN.gradientTolerance(Double.NaN, 0))
        .withMessage("gradientTolerance: relative is NaN and absolute 0.0; both must be 0 or more");
  }

  @Test
  void aClauseIsLeftOutForAReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SIN.without(Clause.SCALARS, " "))
        .withMessage("without: 'scalars' is left out for no reason; say why it does not apply");
  }

  @Test
  void recordingIsOn() {
    assertThatIllegalStateException().isThrownBy(() -> Autograd.noGrad(SIN::check));
  }

  @Test
  void theReportHasALinePerClause() {
    ContractReport report = SIN.without(Clause.SECOND_ORDER, "no time").seed(7).check();
    assertThat(report.passed()).isTrue();
    assertThat(report.findings()).extracting(Finding::clause).containsExactly(Clause.values());
    assertThat(report.leftOut())
        .containsExactly(
            Clause.CONSTANT_OPERANDS,
            Clause.SHARED_OPERAND,
            Clause.SECOND_ORDER,
            Clause.BROADCASTING,
            Clause.REFUSALS);
    assertThat(report.toString())
        .startsWith("contract of 'sin' kept (seed 7)\n")
        .contains("\n  value              passed    3 samples")
        .contains("\n  second order       left out  no time")
        .contains("\n  empty shapes       passed    2 samples");
  }

  @Test
  void aBrokenClauseIsToldWithPlaceNumbersAndWhatToDo() {
    OpContract contract =
        OpContract.of("twice", x -> x.mul(2)).reference(x -> x).shapes(Shape.of(2));
    String report = contract.check().toString();
    assertThat(report)
        .startsWith("contract of 'twice' broken: value (seed 42)")
        .containsPattern(
            "value +FAILED +at \\[2\\]: output \\[0\\] is [-0-9.]+, but [-0-9.]+ by the")
        .contains("next: compare the value with the reference at these operands by hand")
        .contains("first order        left out  it rests on 'value', which does not hold");
  }

  @Test
  void samplesAreDrawnInsideTheDomainAndFarFromExceptedPoints() {
    OpContract.of("log", Tensor::log)
        .domain(0, Double.POSITIVE_INFINITY)
        .reference(Math::log)
        .assertPasses();
    OpContract.of("abs", Tensor::abs).except(0).reference(x -> Math.abs(x)).assertPasses();
    OpContract.of("below", x -> x.neg().log())
        .domain(Double.NEGATIVE_INFINITY, -5)
        .reference(x -> Math.log(-x))
        .assertPasses();
  }
}
