package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.DTypeException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What L-BFGS remembers between runs. */
class LbfgsStateTest {

  static Tensor rosenbrock(Tensor x) {
    Tensor a = x.slice(0, 0, x.size() - 1);
    Tensor b = x.slice(0, 1, x.size());
    return b.sub(a.square()).square().mul(100).add(a.subFrom(1).square()).sum();
  }

  private static Parameter start() {
    return Parameter.of("x", Tensor.normal(new Random(7), DType.F64, 12));
  }

  private static Lbfgs lbfgs(Parameter x) {
    return Lbfgs.over(List.of(x)).history(5);
  }

  private static double[] afterOneRun(int iterations) {
    Parameter x = start();
    lbfgs(x).run(() -> rosenbrock(x), iterations);
    return x.toDoubleArray();
  }

  @Test
  void isDeterministic() {
    assertThat(afterOneRun(30)).isEqualTo(afterOneRun(30));
  }

  @Test
  void runsContinueEachOther() {
    Parameter x = start();
    Lbfgs lbfgs = lbfgs(x);
    lbfgs.run(() -> rosenbrock(x), 3);
    lbfgs.run(() -> rosenbrock(x), 17);
    assertThat(x.toDoubleArray()).isEqualTo(afterOneRun(20));
    assertThat(lbfgs.iterations()).isEqualTo(20);
  }

  @Test
  void minimizingIsOneIterationAndReturnsTheLossBefore() {
    Parameter x = start();
    Minimizer minimizer = lbfgs(x);
    for (int i = 0; i < 20; i++) {
      double before = rosenbrock(x).item();
      assertThat(minimizer.minimize(() -> rosenbrock(x))).isEqualTo(before);
      assertThat(rosenbrock(x).item()).isLessThan(before);
    }
    assertThat(x.toDoubleArray()).isEqualTo(afterOneRun(20));
  }

  @Test
  void goesOnBitForBitWhereItsStateWasTaken() {
    for (int taken : new int[] {0, 1, 4, 5, 13}) {
      Parameter x = start();
      Lbfgs first = lbfgs(x);
      first.run(() -> rosenbrock(x), taken);
      Map<String, Tensor> state = first.state();
      Tensor point = x.keep();
      first.run(() -> rosenbrock(x), 10);

      Parameter y = start();
      Lbfgs resumed = lbfgs(y);
      resumed.run(() -> rosenbrock(y), 2);
      y.assign(point);
      resumed.load(state);
      assertThat(resumed.iterations()).isEqualTo(taken);
      resumed.run(() -> rosenbrock(y), 10);
      assertThat(y.toDoubleArray()).isEqualTo(x.toDoubleArray());
      assertThat(y.toDoubleArray()).isEqualTo(afterOneRun(taken + 10));
    }
  }

  @Test
  void stateHoldsTheLastChanges() {
    Parameter x = start();
    Lbfgs lbfgs = lbfgs(x);
    assertThat(lbfgs.state().get("steps"))
        .extracting(t -> t.shape().toString())
        .isEqualTo("[0, 12]");
    lbfgs.run(() -> rosenbrock(x), 3);
    Map<String, Tensor> state = lbfgs.state();
    assertThat(state.keySet()).containsExactlyInAnyOrder("steps", "gradientChanges", "iterations");
    assertThat(state.get("steps")).extracting(t -> t.shape().toString()).isEqualTo("[3, 12]");
    lbfgs.run(() -> rosenbrock(x), 30);
    assertThat(lbfgs.state().get("gradientChanges"))
        .extracting(t -> t.shape().toString())
        .isEqualTo("[5, 12]");
  }

  @Test
  void configuredCopiesRememberNothing() {
    Parameter x = start();
    Lbfgs lbfgs = lbfgs(x);
    lbfgs.run(() -> rosenbrock(x), 3);
    assertThat(lbfgs.tolerance(1e-3).iterations()).isZero();
    assertThat(lbfgs.iterations()).isEqualTo(3);
  }

  @Test
  void stateThatDoesNotFitChangesNothing() {
    Parameter x = start();
    Lbfgs lbfgs = lbfgs(x);
    lbfgs.run(() -> rosenbrock(x), 5);
    Map<String, Tensor> good = lbfgs.state();
    Tensor one = Tensor.ones(DType.F64, 1, 12);

    assertRefused(lbfgs, good, "more", one, IllegalArgumentException.class, "the names are [");
    assertRefused(
        lbfgs, good, "steps", one, ShapeException.class, "\"gradientChanges\" is [5, 12] and must");
    assertRefused(
        lbfgs,
        good,
        "steps",
        Tensor.ones(DType.F64, 5, 11),
        ShapeException.class,
        "\"steps\" is [5, 11] and must be [5, 12]");
    assertRefused(lbfgs, good, "steps", Tensor.scalar(1), ShapeException.class, "must be [0, 12]");
    assertRefused(
        lbfgs, good, "iterations", one, ShapeException.class, "\"iterations\" is [1, 12]");
    assertRefused(
        lbfgs, good, "steps", Tensor.scalar(1f), DTypeException.class, "is F32 and must be F64");
    Lbfgs shorter = Lbfgs.over(List.of(x)).history(4);
    assertThatThrownBy(() -> shorter.load(good))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are 5 changes, and 4 are remembered");
  }

  private static void assertRefused(
      Lbfgs lbfgs,
      Map<String, Tensor> good,
      String name,
      Tensor value,
      Class<?> exception,
      String message) {
    Map<String, Tensor> state = new LinkedHashMap<>(good);
    state.put(name, value);
    assertThatThrownBy(() -> lbfgs.load(state))
        .isInstanceOf(exception)
        .hasMessageContaining(message)
        .hasMessageContaining("nothing was changed");
    assertThat(lbfgs.iterations()).isEqualTo(5);
    good.forEach(
        (key, old) ->
            assertThat(lbfgs.state())
                .hasEntrySatisfying(
                    key, now -> assertThat(now.toDoubleArray()).isEqualTo(old.toDoubleArray())));
  }
}
