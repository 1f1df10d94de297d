package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.ClosedTapeException;
import dev.autograd.Gradients;
import dev.autograd.Losses;
import dev.autograd.NotTrackedException;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps along sums of losses that are evaluated one after the other. */
class MinimizeSumTest {

  private static final Tensor X = Tensor.normal(new Random(1), DType.F64, 24, 3);
  private static final Tensor Y = Tensor.normal(new Random(2), DType.F64, 24, 1);

  private final Parameter p = Parameter.of("p", Tensor.of(1.0, 2.0));
  private final Parameter q = Parameter.of("q", Tensor.scalar(1));
  private final Optimizer sgd = Sgd.lr(0.25).over(List.of(p, q));

  private static Sequential model() {
    Random random = new Random(3);
    return Sequential.of(Dense.of(3, 4, random), Tensor::tanh, Dense.of(4, 1, random));
  }

  private static Tensor loss(Sequential model, int part, int parts) {
    int rows = 24 / parts;
    Tensor x = X.slice(0, part * rows, (part + 1) * rows);
    Tensor y = Y.slice(0, part * rows, (part + 1) * rows);
    return Losses.mse(model.forward(x), y).div(parts);
  }

  private static List<Integer> range(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 24})
  void equalPartsAreOneBigBatch(int parts) {
    for (Function<Iterable<Parameter>, Optimizer> kind :
        List.<Function<Iterable<Parameter>, Optimizer>>of(
            Sgd.lr(0.1).momentum(0.9)::over,
            Adam.lr(0.01)::over,
            all -> Sgd.lr(0.1).over(all).clipNorm(0.5))) {
      Sequential whole = model();
      Sequential split = model();
      Optimizer large = kind.apply(whole.parameters());
      Optimizer small = kind.apply(split.parameters());
      for (int i = 0; i < 10; i++) {
        double one = large.minimize(() -> Losses.mse(whole.forward(X), Y));
        double sum = small.minimizeSum(range(parts), part -> loss(split, part, parts));
        assertThat(sum).isCloseTo(one, within(1e-13));
      }
      assertThat(small.steps()).isEqualTo(10);
      Parameters expected = whole.parameters();
      for (String path : expected.paths()) {
        Tensor trained = split.parameters().byPath(path);
        assertThat(trained.allClose(expected.byPath(path), 1e-11, 1e-12)).as(path).isTrue();
      }
    }
  }

  @Test
  void hasTheBitsOfASumOfGradients() {
    Sequential by = model();
    Sequential hand = model();
    Optimizer one = Adam.lr(0.05).over(by.parameters());
    Optimizer other = Adam.lr(0.05).over(hand.parameters());
    for (int i = 0; i < 5; i++) {
      one.minimizeSum(range(4), part -> loss(by, part, 4));
      List<Gradients> parts = new ArrayList<>();
      range(4).forEach(part -> parts.add(Autograd.grad(loss(hand, part, 4), hand.parameters())));
      other.step(Gradients.sum(parts));
    }
    for (String path : by.parameters().paths()) {
      assertThat(by.parameters().byPath(path).toDoubleArray())
          .isEqualTo(hand.parameters().byPath(path).toDoubleArray());
    }
  }

  @Test
  void partsMayReachDifferentParameters() {
    double before = sgd.minimizeSum(List.of(p, q, p), Tensor::sum);
    assertThat(before).isEqualTo(3 + 1 + 3);
    assertThat(p.toDoubleArray()).containsExactly(0.5, 1.5);
    assertThat(q.item()).isEqualTo(0.75);
    assertThat(p.hasGrad() || q.hasGrad()).isFalse();
  }

  @Test
  void frozenParametersStay() {
    q.freeze();
    sgd.minimizeSum(List.of(1, 2), factor -> p.sum().mul(q).mul(factor));
    assertThat(q.version()).isZero();
    assertThat(p.toDoubleArray()).containsExactly(0.25, 1.25);
  }

  @Test
  void eachPartIsForgottenBeforeTheNext() {
    for (boolean inside : new boolean[] {false, true}) {
      List<Tensor> made = new ArrayList<>();
      Runnable step =
          () ->
              sgd.minimizeSum(
                  List.of(1, 2, 3),
                  factor -> {
                    made.forEach(
                        old ->
                            assertThatThrownBy(old::item).isInstanceOf(ClosedTapeException.class));
                    Tensor loss = p.square().sum().mul(factor);
                    made.add(loss);
                    return loss;
                  });
      if (inside) {
        Tape.scope(step);
      } else {
        step.run();
      }
      assertThat(made).hasSize(3);
    }
  }

  @Test
  void failingPartChangesNothing() {
    Optimizer adam = Adam.lr(0.1).over(List.of(p, q));
    assertThatThrownBy(
            () -> adam.minimizeSum(List.of(1.0, Double.NaN), factor -> p.sum().mul(factor)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("the loss is NaN at step 0; no parameter was changed");
    assertThatThrownBy(() -> adam.minimizeSum(List.of(p, Tensor.of(1.0)), Tensor::sum))
        .isInstanceOf(NotTrackedException.class);
    assertThat(p.version() + q.version() + adam.steps()).isZero();
    Map<String, Tensor> state = adam.state();
    assertThat(state)
        .hasEntrySatisfying("p.firstMoment", m -> assertThat(m.norm().item()).isZero());
  }

  @Test
  void noPartsIsAnError() {
    assertThatThrownBy(() -> sgd.minimizeSum(List.<Tensor>of(), Tensor::sum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minimizeSum: there are no parts; pass at least one");
  }

  @Test
  void addsUpInItsPrecision() {
    Parameter small = Parameter.of("small", Tensor.of(0f));
    Sgd.lr(1)
        .over(List.of(small))
        .minimizeSum(List.of(0x1p24f, 1f, 1f), slope -> small.mul(slope).sum());
    assertThat(small.item(0)).isEqualTo(-0x1p24);
  }

  @Test
  void optimisersOfOthersGetTheSumAsOneLoss() {
    List<Double> seen = new ArrayList<>();
    Optimizer foreign =
        new ForeignOptimizer() {
          @Override
          public double minimize(Supplier<Tensor> loss) {
            seen.add(loss.get().item());
            return 7;
          }
        };
    assertThat(foreign.minimizeSum(List.of(p, q), Tensor::sum)).isEqualTo(7);
    assertThat(seen).containsExactly(4.0);
    assertThatThrownBy(() -> foreign.minimizeSum(List.<Tensor>of(), Tensor::sum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no parts");
    assertThatThrownBy(() -> foreign.clipNorm(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("clipNorm: the inside of dev.autograd.nn.optim.MinimizeSumTest");
  }
}
