package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each term of a contract has its effect, on the contract that is returned and on no other. */
class OpContractTermsTest {

  private static OpContract sinTimes(double value, double slope) {
    return OpContract.of(
            "mine",
            x ->
                RightOps.elementwise(
                    v -> value * Math.sin(v), x, g -> g.mul(x.cos()).mul(value * slope)))
        .reference(Math::sin);
  }

  @Test
  void toleranceIsThatOfTheValue() {
    OpContract contract = sinTimes(1 + 1e-7, 1);
    assertThat(contract.tolerance(1e-6, 0).check().passed()).isTrue();
    assertThat(contract.tolerance(0, 1e-6).check().passed()).isTrue();
    assertThat(contract.check().failed()).containsExactly(Clause.VALUE);
    assertThat(contract.tolerance(0, 0).check().failed()).containsExactly(Clause.VALUE);
  }

  @Test
  void gradientToleranceIsThatOfDerivatives() {
    OpContract contract = sinTimes(1, 1 + 1e-6);
    assertThat(contract.gradientTolerance(1e-5, 0).check().passed()).isTrue();
    assertThat(contract.check().failed()).containsExactly(Clause.FIRST_ORDER);
  }

  @Test
  void singleToleranceIsThatOfSinglePrecision() {
    OpContract contract =
        OpContract.of("mine", x -> x.dtype() == DType.F32 ? x.sin().mul(1.001) : x.sin())
            .reference(Math::sin);
    assertThat(contract.singleTolerance(1e-2, 0).check().passed()).isTrue();
    assertThat(contract.check().failed()).containsExactly(Clause.SINGLE_PRECISION);
  }

  @Test
  void domainOfIsThatOfOneOperand() {
    OpContract contract =
        OpContract.of("mine", (a, b) -> a.mul(b.log())).reference((a, b) -> a * Math.log(b));
    assertThat(contract.check().failed()).containsExactly(Clause.RUNS);
    assertThat(contract.domainOf(1, 0.5, 2).check().failed()).isEmpty();
  }

  @Test
  void samplesAreAsManyAsWereAskedFor() {
    ContractReport report =
        OpContract.of("mine", Tensor::sin)
            .reference(Math::sin)
            .samples(3, random -> List.of(Tensor.normal(random, DType.F64, 2)))
            .check();
    assertThat(report.of(Clause.VALUE).text()).isEqualTo("3 samples");
  }

  @Test
  void broadcastingIsCheckedIfItIsSaid() {
    OpContract contract = OpContract.of("mine", (a, b) -> a.mul(b)).reference((a, b) -> a * b);
    assertThat(contract.check().of(Clause.BROADCASTING))
        .isEqualTo(Finding.leftOut(Clause.BROADCASTING, "broadcasts() was not said"));
    assertThat(contract.broadcasts().check().of(Clause.BROADCASTING))
        .isEqualTo(Finding.passed(Clause.BROADCASTING, "7 samples"));
    assertThat(
            OpContract.of("mine", Tensor::sin)
                .reference(Math::sin)
                .check()
                .of(Clause.BROADCASTING)
                .text())
        .isEqualTo("there is only one operand");
  }

  @Test
  void refusalsAreCounted() {
    OpContract contract = OpContract.of("mul", (a, b) -> a.mul(b)).reference((a, b) -> a * b);
    assertThat(contract.check().of(Clause.REFUSALS).text()).isEqualTo("1 call");
    assertThat(
            contract
                .refuses(Tensor.of(1.0, 2), Tensor.of(1.0, 2, 3))
                .check()
                .of(Clause.REFUSALS)
                .text())
        .isEqualTo("2 calls");
  }

  @Test
  void upstreamGradientsHaveBothSignsAndAreNeverSmall() {
    Op op = new Op("mine", in -> in.get(0), 7);
    double[] numbers = op.upstream(Tensor.zeros(DType.F64, 200), 0).toDoubleArray();
    assertThat(Arrays.stream(numbers).boxed()).anyMatch(x -> x > 0).anyMatch(x -> x < 0);
    for (double number : numbers) {
      assertThat(Math.abs(number)).isBetween(0.5, 1.5);
      assertThat((double) (float) number).isEqualTo(number);
    }
    Tensor output = Tensor.zeros(DType.F32, 2, 3);
    Tensor upstream = op.upstream(output, 0);
    assertThat(upstream.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(upstream.dtype()).isEqualTo(DType.F32);
    assertThat(op.upstream(output, 0).toDoubleArray()).isEqualTo(upstream.toDoubleArray());
    assertThat(op.upstream(output, 1).toDoubleArray()).isNotEqualTo(upstream.toDoubleArray());
  }
}
