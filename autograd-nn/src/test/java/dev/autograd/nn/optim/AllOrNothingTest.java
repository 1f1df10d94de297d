package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Autograd;
import dev.autograd.ClosedTapeException;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Steps that fail after part of the work is done. */
class AllOrNothingTest {

  private final Parameter a = Parameter.of("a", Tensor.scalar(1));
  private final Parameter b = Parameter.of("b", Tensor.scalar(2));

  private static Map<String, List<Double>> numbers(Map<String, Tensor> state) {
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    state.forEach(
        (name, tensor) ->
            numbers.put(name, Arrays.stream(tensor.toDoubleArray()).boxed().toList()));
    return numbers;
  }

  private void assertUnchanged(Optimizer optimizer, Map<String, List<Double>> state) {
    assertThat(a.item()).isEqualTo(1);
    assertThat(b.item()).isEqualTo(2);
    assertThat(a.version() + b.version()).isZero();
    assertThat(numbers(optimizer.state())).isEqualTo(state);
  }

  /** Returns gradients of which that of a can be read and that of b died with its tape. */
  private Gradients halfDead() {
    try (Tape tape = Tape.open()) {
      Gradients g =
          Autograd.grad(
              a.add(b.square()), List.of(a, b), GradOptions.defaults().seed(Tensor.scalar(1)));
      assertThat(tape.nodes()).isNotEmpty();
      return g;
    }
  }

  @Test
  void gradientThatCannotBeReadStopsTheWholeStep() {
    Gradients g = halfDead();
    assertThat(g.of(a).item()).isEqualTo(1);
    for (Function<Iterable<Parameter>, Optimizer> kind : Kinds.all().values()) {
      Optimizer optimizer = kind.apply(List.of(a, b));
      Map<String, List<Double>> before = numbers(optimizer.state());
      assertThatThrownBy(() -> optimizer.step(g)).isInstanceOf(ClosedTapeException.class);
      assertUnchanged(optimizer, before);
    }
  }

  @Test
  void failingGroupStopsTheOthers() {
    Schedule broken = step -> Double.NaN;
    Optimizer all =
        Optimizer.all(Adam.lr(0.1).over(List.of(a)), Sgd.lr(broken).momentum(0.9).over(List.of(b)));
    Map<String, List<Double>> before = numbers(all.state());
    assertThatThrownBy(() -> all.minimize(() -> a.add(b)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "step: the schedule gives the learning rate NaN for step 0; it must be finite and at"
                + " least 0");
    assertUnchanged(all, before);
  }

  @Test
  void stepInTheMiddleOfASweepIsRefused() {
    Optimizer adam = Adam.lr(0.1).over(List.of(a, b));
    Map<String, List<Double>> before = numbers(adam.state());
    Gradients g = Autograd.grad(a.add(b), a, b);
    Tensor x = Tensor.scalar(1).withGrad();
    Tensor y =
        Tensor.custom(
            "stepping",
            Tensor.scalar(1),
            x,
            upstream -> {
              adam.step(g);
              return upstream;
            });
    assertThatThrownBy(y::backward).hasStackTraceContaining("in the middle of a sweep");
    assertUnchanged(adam, before);
  }

  @Test
  void lossThatThrowsChangesNothing() {
    Optimizer adam = Adam.lr(0.1).over(List.of(a, b));
    Map<String, List<Double>> before = numbers(adam.state());
    assertThatThrownBy(() -> adam.minimize(() -> a.add(Tensor.of(1f))))
        .isInstanceOf(IllegalArgumentException.class);
    assertUnchanged(adam, before);
  }

  @Test
  void stateThatDoesNotFitChangesNothing() {
    Optimizer adam = Adam.lr(0.1).over(List.of(a, b));
    Map<String, List<Double>> before = numbers(adam.state());
    Map<String, Tensor> wrong = new LinkedHashMap<>(adam.state());
    wrong.put("steps", Tensor.scalar(7));
    wrong.put("b.secondMoment", Tensor.of(1.0, 2.0));
    assertThatThrownBy(() -> adam.load(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"b.secondMoment\" is [] and the given value [2]");
    wrong.remove("b.secondMoment");
    assertThatThrownBy(() -> adam.load(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing are [b.secondMoment]");
    assertUnchanged(adam, before);
  }
}
