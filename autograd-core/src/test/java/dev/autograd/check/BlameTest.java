package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A failed check names the operation, the operand and the line, not just the input at the end. */
class BlameTest {

  private static Tensor normal(long seed, int... dims) {
    return Tensor.normal(new Random(seed), DType.F64, dims);
  }

  private static Tensor badSin(Tensor x) {
    return Tensor.custom("badSin", x.map(Math::sin), x, g -> g.mul(x.cos()).mul(1.001));
  }

  private static Tensor badMatmul(Tensor a, Tensor b) {
    return Tensor.custom(
        "badMatmul",
        a.detach().matmul(b.detach()),
        a,
        g -> g.matmul(b.transpose()),
        b,
        g -> a.matmul(g));
  }

  @Test
  void namesTheOperationAndTheLineInTheMiddleOfOthers() {
    GradientReport report =
        GradientCheck.of(x -> badSin(x.exp().tanh()).mul(x.sigmoid()).sum())
            .at(normal(1, 2, 3))
            .check();
    assertThat(report.blames()).hasSize(1);
    Blame blame = report.blames().get(0);
    assertThat(blame.op()).isEqualTo("badSin");
    assertThat(blame.operands()).containsExactly(0);
    assertThat(blame.order()).isEqualTo(1);
    assertThat(blame.source()).startsWith("dev.autograd.check.BlameTest.badSin(BlameTest.java:");
    assertThat(blame.element().index()).hasSize(2);
    assertThat(report.toString()).contains("To blame: the pullback of 'badSin' for operand 0");
  }

  @Test
  void namesTheOperand() {
    GradientReport report =
        GradientCheck.of((a, b) -> badMatmul(a.tanh(), b.sin()).softmax(1).square())
            .at(normal(2, 3, 3), normal(3, 3, 3))
            .check();
    assertThat(report.blames()).extracting(Blame::op).containsExactly("badMatmul");
    assertThat(report.blames().get(0).operands()).containsExactly(1);
  }

  @Test
  void namesBothOperandsOfOneTensor() {
    UnaryOperator<Tensor> f =
        x -> {
          Tensor y = x.tanh();
          return badMatmul(y, y);
        };
    GradientReport report = GradientCheck.of(f).at(normal(4, 2, 2)).check();
    assertThat(report.blames()).hasSize(1);
    assertThat(report.blames().get(0).operands()).containsExactly(0, 1);
    assertThat(report.blames().get(0).toString()).contains("for operand 0 and 1");
  }

  @Test
  void namesAllThatAreWrong() {
    GradientReport report =
        GradientCheck.of(x -> badMatmul(badSin(x), badSin(x.mul(2)))).at(normal(5, 2, 2)).check();
    assertThat(report.blames())
        .extracting(Blame::op)
        .containsExactly("badSin", "badSin", "badMatmul");
  }

  @Test
  void worksForParametersOfAModel() {
    Parameter w = Parameter.of("w", normal(6, 2, 3));
    Parameter b = Parameter.of("b", normal(7, 2));
    Tensor x = normal(8, 4, 3);
    Tensor t = normal(9, 4, 2);
    GradientReport report =
        GradientCheck.of(() -> Losses.mse(badSin(x.linear(w, b)), t)).at(w, b).check();
    assertThat(report.failed()).isEqualTo(8);
    assertThat(report.blames()).extracting(Blame::op).containsExactly("badSin");
    assertThat(w.toDoubleArray()).containsExactly(normal(6, 2, 3).toDoubleArray());
  }

  @Test
  void worksForTheSecondOrder() {
    UnaryOperator<Tensor> f =
        x -> {
          Tensor y = x.tanh();
          return Tensor.custom("once", y.detach().sin(), y, g -> g.mul(y.detach().cos()));
        };
    GradientReport report = GradientCheck.of(f).at(normal(10, 3)).order(2).check();
    assertThat(report.blames()).extracting(Blame::op).containsExactly("once");
    assertThat(report.blames().get(0).order()).isEqualTo(2);
    assertThat(report.toString()).contains("a derivative of the pullback of 'once'");
  }

  @Test
  void manyElementsAreCheckedAlongDirections() {
    GradientReport report =
        GradientCheck.of(x -> badSin(x.mul(2)).sum()).at(normal(11, 100)).check();
    assertThat(report.blames()).hasSize(1);
    assertThat(report.blames().get(0).element().direction()).isNotNegative();
    assertThat(report.blames().get(0).element().index()).isEmpty();
  }

  @Test
  void nobodyIsBlamedForNumbersTakenOut() {
    GradientReport report =
        GradientCheck.of(x -> x.exp().mul(x.item())).at(Tensor.scalar(0.7)).check();
    assertThat(report.passed()).isFalse();
    assertThat(report.blames()).isEmpty();
    assertThat(report.toString())
        .contains("No recorded operation was found wrong by itself")
        .contains("item()");
  }

  @Test
  void anOperationIsNotBlamedForAConstantThatFollowsTheInput() {
    Tensor x = normal(13, 3);
    assertThat(GradientCheck.of(v -> v.mul(v.item(0))).at(x).check().blames()).isEmpty();
    GradientReport report = GradientCheck.of(v -> v.mul(v.item(0)).add(badSin(v))).at(x).check();
    assertThat(report.blames()).extracting(Blame::op).containsExactly("badSin");
  }

  @Test
  void aBugBesideABorderOfTheDomainIsFound() {
    UnaryOperator<Tensor> f =
        x ->
            Tensor.custom("badSqrt", x.map(Math::sqrt), x, g -> g.mul(x.sqrt().reciprocal()))
                .add(x);
    assertThat(GradientCheck.of(f).at(Tensor.of(0.0, 1, 2)).check().blames())
        .extracting(Blame::op)
        .containsExactly("badSqrt");
  }

  @Test
  void aRecomputedFunctionIsOneOperation() {
    UnaryOperator<Tensor> f = x -> Autograd.recompute(BlameTest::badSin, x.exp()).mul(2);
    GradientReport report = GradientCheck.of(f).at(normal(14, 3)).check();
    assertThat(report.passed()).isFalse();
    assertThat(report.blames()).extracting(Blame::op).containsExactly("recompute");
  }

  @Test
  void nobodyIsBlamedIfAllIsRight() {
    assertThat(GradientCheck.of(Tensor::sin).at(normal(12, 3)).check().blames()).isEmpty();
  }
}
