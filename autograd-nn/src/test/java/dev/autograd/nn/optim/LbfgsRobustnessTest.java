package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.ClosedTapeException;
import dev.autograd.NoGradientException;
import dev.autograd.NotTrackedException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** L-BFGS on losses that end, throw or are rounded, and on parameters that are frozen. */
class LbfgsRobustnessTest {

  private final Parameter x = Parameter.of("x", Tensor.of(5.0));

  private double run(Lbfgs.Stop expected, Supplier<Tensor> loss) {
    Lbfgs.Result result = Lbfgs.over(List.of(x)).tolerance(1e-9).run(loss, 100);
    assertThat(result.stop()).isEqualTo(expected);
    return x.item(0);
  }

  // ---------------------------------------------------------------- not finite

  @Test
  void pointsOutsideTheDomainAreStepsTooFar() {
    x.assign(Tensor.of(0.01));
    assertThat(run(Lbfgs.Stop.GRADIENT, () -> x.sub(x.log()).sum())).isCloseTo(1, within(1e-9));
    x.assign(Tensor.of(3.0));
    double barrier =
        run(Lbfgs.Stop.GRADIENT, () -> x.mul(100).sub(x.log()).sub(x.subFrom(4).log()).sum());
    // Where 100 x² - 402 x + 4 = 0.
    assertThat(barrier).isCloseTo((402 - Math.sqrt(160_004)) / 200, within(1e-11));
  }

  @Test
  void overflowIsAStepTooFar() {
    x.assign(Tensor.of(-700.0));
    double found = run(Lbfgs.Stop.GRADIENT, () -> x.exp().sub(x.mul(10)).sum());
    assertThat(found).isCloseTo(Math.log(10), within(1e-9));
  }

  @Test
  void finiteLossWithInfiniteSlopeIsAStepTooFar() {
    x.assign(Tensor.of(0.5));
    // √|x - 1| has its minimum, 0, where its slope is infinite.
    Lbfgs.Result result = Lbfgs.over(List.of(x)).run(() -> x.sub(1).abs().sqrt().sum(), 100);
    assertThat(result.loss()).isFinite();
    assertThat(result.slope()).isFinite();
    assertThat(x.item(0)).isNotNaN().isCloseTo(1, within(1e-2));
  }

  @Test
  void refusesToStartWhereTheLossIsNotFinite() {
    x.assign(Tensor.of(-1.0));
    Lbfgs lbfgs = Lbfgs.over(List.of(x));
    assertThatThrownBy(() -> lbfgs.run(() -> x.log().sum(), 10))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("run: the loss or its gradient is not finite where it starts");
    x.assign(Tensor.of(0.0));
    assertThatThrownBy(() -> lbfgs.minimize(() -> x.sqrt().sum()))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("minimize: the loss or its gradient");
    assertThat(x.version()).isEqualTo(2);
    assertThat(lbfgs.iterations()).isZero();
  }

  // ---------------------------------------------------------------- refusals

  @Test
  void refusesWhatIsNoLossOfItsParameters() {
    Lbfgs lbfgs = Lbfgs.over(List.of(x));
    Parameter other = Parameter.of("other", Tensor.of(1.0, 2));
    assertThatThrownBy(() -> lbfgs.run(other::square, 10))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("run: the loss has shape [2]");
    assertThatThrownBy(() -> lbfgs.run(() -> other.sum(), 10))
        .isInstanceOf(NotTrackedException.class);
    x.freeze();
    assertThatThrownBy(() -> lbfgs.run(() -> x.square().sum(), 10))
        .isInstanceOf(NoGradientException.class)
        .hasMessage("run: all 1 parameters are frozen; unfreeze() one");
    assertThatThrownBy(() -> Lbfgs.over(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("over: there are no parameters to optimise");
  }

  @Test
  void refusesSettingsOutOfRange() {
    Lbfgs lbfgs = Lbfgs.over(List.of(x));
    assertThatThrownBy(() -> lbfgs.tolerance(-1)).hasMessageContaining("Lbfgs: tolerance");
    assertThatThrownBy(() -> lbfgs.changeTolerance(Double.NaN))
        .hasMessageContaining("Lbfgs: changeTolerance");
    assertThatThrownBy(() -> lbfgs.history(0)).hasMessageContaining("Lbfgs: history is 0");
    assertThatThrownBy(() -> lbfgs.maxEvaluations(0))
        .hasMessageContaining("Lbfgs: maxEvaluations is 0");
    assertThatThrownBy(() -> lbfgs.wolfe(0.5, 0.9))
        .hasMessage("Lbfgs: decrease is 0.5; it must be above 0 and below 1/2");
    assertThatThrownBy(() -> lbfgs.wolfe(1e-4, 1))
        .hasMessage("Lbfgs: curvature is 1.0; it must be above 0 and below 1");
  }

  @Test
  void lossThatThrowsLeavesTheLastIteration() {
    Parameter p = Parameter.of("p", Tensor.of(-1.2, 1));
    Lbfgs lbfgs = Lbfgs.over(List.of(p));
    lbfgs.run(() -> LbfgsStateTest.rosenbrock(p), 3);
    double[] before = p.toDoubleArray();
    int[] calls = {0};
    assertThatThrownBy(
            () ->
                lbfgs.run(
                    () -> {
                      if (++calls[0] == 2) {
                        throw new IllegalStateException("from the user");
                      }
                      return LbfgsStateTest.rosenbrock(p);
                    },
                    10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("from the user");
    assertThat(p.toDoubleArray()).isEqualTo(before);
    assertThat(lbfgs.iterations()).isEqualTo(3);
  }

  // ---------------------------------------------------------------- parameters

  @Test
  void frozenParametersStayAlsoIfRemembered() {
    Parameter y = Parameter.of("y", Tensor.of(1.0, 2));
    Lbfgs lbfgs = Lbfgs.over(List.of(x, y)).tolerance(1e-10);
    lbfgs.run(() -> x.square().sum().add(y.sub(3).square().sum().mul(x.square().add(1).sum())), 3);
    y.freeze();
    double[] frozen = y.toDoubleArray();
    long version = y.version();
    Lbfgs.Result result =
        lbfgs.run(
            () -> x.sub(2).square().sum().add(y.sub(3).square().sum().mul(x.square().sum())), 100);
    assertThat(result.stop()).isEqualTo(Lbfgs.Stop.GRADIENT);
    assertThat(y.toDoubleArray()).isEqualTo(frozen);
    assertThat(y.version()).isEqualTo(version);
  }

  @Test
  void parametersTheLossDoesNotReachStay() {
    Parameter unused = Parameter.of("unused", Tensor.of(1.0, 2));
    Lbfgs.over(List.of(unused, x, x)).run(() -> x.sub(2).square().sum(), 100);
    assertThat(x.item(0)).isCloseTo(2, within(1e-7));
    assertThat(unused.toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void singlePrecisionParametersAreRoundedAndStayInTheirType() {
    Parameter small = Parameter.of("small", Tensor.of(-1.2f, 1f));
    Lbfgs.Result result =
        Lbfgs.over(List.of(small)).run(() -> LbfgsStateTest.rosenbrock(small).add(1), 500);
    assertThat(result.converged()).isTrue();
    assertThat(small.dtype()).isEqualTo(DType.F32);
    assertThat(small.toFloatArray()).containsExactly(new float[] {1, 1}, within(1e-2f));
    Parameter wide = Parameter.of("wide", Tensor.of(3.0));
    Parameter narrow = Parameter.of("narrow", Tensor.of(-3f));
    Lbfgs.over(List.of(wide, narrow))
        .tolerance(1e-4)
        .run(() -> wide.square().sum().add(narrow.sub(1).square().sum().to(DType.F64)), 50);
    assertThat(wide.item(0)).isCloseTo(0, within(1e-4));
    assertThat(narrow.item(0)).isCloseTo(1, within(1e-4));
  }

  @Test
  void storedGradientsAreNeitherReadNorWritten() {
    x.mul(1000).sum().backward();
    Lbfgs.over(List.of(x)).run(() -> x.square().sum(), 10);
    assertThat(x.grad().toDoubleArray()).containsExactly(1000);
  }

  @Test
  void evaluationsLeaveNothingOnAnOpenTape() {
    Parameter single = Parameter.of("single", Tensor.normal(new Random(1), DType.F32, 5));
    List<Tensor> made = new ArrayList<>();
    try (Tape tape = Tape.open()) {
      Lbfgs.over(List.of(single))
          .run(
              () -> {
                made.forEach(
                    old -> assertThatThrownBy(old::item).isInstanceOf(ClosedTapeException.class));
                Tensor loss = single.square().sum();
                made.add(loss);
                return loss;
              },
              5);
      assertThat(tape.nodes()).isEmpty();
    }
    assertThat(made).hasSizeGreaterThan(1);
  }
}
