package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Sequential;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OptimizerStateTest {

  private static final Tensor X = Tensor.normal(new Random(1), DType.F64, 16, 3);
  private static final Tensor Y = Tensor.normal(new Random(2), DType.F64, 16, 1);

  private static Sequential model(long seed) {
    Random random = new Random(seed);
    return Sequential.of(Dense.of(3, 4, random), Tensor::tanh, Dense.of(4, 1, random));
  }

  private static void train(Sequential model, Optimizer optimizer, int steps) {
    for (int i = 0; i < steps; i++) {
      optimizer.minimize(() -> Losses.mse(model.forward(X), Y));
    }
  }

  @TestFactory
  Stream<DynamicTest> trainingGoesOnBitForBitAfterLoading() {
    Map<String, Function<Parameters, Optimizer>> kinds = new LinkedHashMap<>();
    Kinds.all().forEach((name, kind) -> kinds.put(name, kind::apply));
    kinds.put(
        "groups",
        p ->
            Optimizer.all(
                Adam.lr(0.05).over(p.matching("0.**")),
                Sgd.lr(0.05).momentum(0.5).over(p.except("0.**"))));
    return kinds.entrySet().stream()
        .map(kind -> DynamicTest.dynamicTest(kind.getKey(), () -> check(kind.getValue())));
  }

  private static void check(Function<Parameters, Optimizer> kind) {
    Sequential model = model(1);
    Optimizer optimizer = kind.apply(model.parameters());
    train(model, optimizer, 12);
    Map<String, Tensor> weights = model.parameters().snapshot();
    Map<String, Tensor> state = optimizer.state();
    train(model, optimizer, 13);

    Sequential resumed = model(2);
    Optimizer second = kind.apply(resumed.parameters());
    train(resumed, second, 3);
    resumed.parameters().load(weights);
    second.load(state);
    assertThat(second.state().keySet()).isEqualTo(state.keySet());
    assertThat(second.steps()).isEqualTo(12);
    train(resumed, second, 13);

    assertThat(second.lr()).isEqualTo(optimizer.lr());
    for (String path : model.parameters().paths()) {
      assertThat(resumed.parameters().byPath(path).toDoubleArray())
          .isEqualTo(model.parameters().byPath(path).toDoubleArray());
    }
  }

  @Test
  void namesFollowThePaths() {
    Parameters p = model(1).parameters().matching("2.*");
    assertThat(Sgd.lr(0.1).over(p).state().keySet()).containsExactly("steps");
    assertThat(Sgd.lr(0.1).momentum(0.9).over(p).state().keySet())
        .containsExactly(
            "steps", "2.weight.momentum", "2.weight.step", "2.bias.momentum", "2.bias.step");
    assertThat(Adam.lr(0.1).amsgrad().over(p.matching("**.bias")).state().keySet())
        .containsExactly(
            "steps",
            "2.bias.firstMoment",
            "2.bias.secondMoment",
            "2.bias.largestSecondMoment",
            "2.bias.step");
  }

  @Test
  void groupsAreNumbered() {
    Parameters p = model(1).parameters();
    Optimizer all =
        Optimizer.all(
            Sgd.lr(0.1).over(p.matching("0.*")),
            Sgd.lr(0.1).momentum(0.9).over(p.matching("2.bias")));
    assertThat(all.state().keySet())
        .containsExactly(
            "group0.steps", "group1.steps", "group1.2.bias.momentum", "group1.2.bias.step");
  }

  @Test
  void parametersWithoutPathsGoByTheirNamesNumberedIfEqual() {
    Parameter one = Parameter.of("w", Tensor.scalar(1));
    Parameter two = Parameter.of("w", Tensor.scalar(2));
    Parameter unnamed = Parameter.of("", Tensor.scalar(3));
    Optimizer sgd = Sgd.lr(0.1).momentum(0.9).over(List.of(one, two, unnamed));
    assertThat(sgd.state().keySet())
        .containsExactly(
            "steps", "w.momentum", "w.step", "w#2.momentum", "w#2.step", ".momentum", ".step");
  }

  @Test
  void memoryHasTheShapeAndTypeOfItsParameter() {
    Parameter w = Parameter.of("w", Tensor.zeros(DType.F32, 2, 3));
    Map<String, Tensor> state = Adam.lr(0.1).over(List.of(w)).state();
    assertThat(state)
        .hasEntrySatisfying(
            "w.firstMoment",
            m -> {
              assertThat(m.shape()).isEqualTo(w.shape());
              assertThat(m.dtype()).isEqualTo(DType.F32);
            });
  }

  @Test
  void stateIsACopyThatNoTapeOwns() {
    Parameter w = Parameter.of("w", Tensor.scalar(1));
    Optimizer sgd = Sgd.lr(0.5).momentum(0.5).over(List.of(w));
    Map<String, Tensor> taken =
        Tape.scope(
            () -> {
              sgd.minimize(() -> w.mul(4));
              return Map.copyOf(Tape.scope(sgd::state));
            });
    sgd.minimize(() -> w.mul(8));
    assertThat(taken).hasEntrySatisfying("w.momentum", v -> assertThat(v.item()).isEqualTo(4));
    assertThat(taken).hasEntrySatisfying("steps", v -> assertThat(v.item()).isEqualTo(1));
    sgd.load(taken);
    sgd.minimize(() -> w.mul(8));
    assertThat(taken).hasEntrySatisfying("w.momentum", v -> assertThat(v.item()).isEqualTo(4));
    assertThat(sgd.state())
        .hasEntrySatisfying("w.momentum", v -> assertThat(v.item()).isEqualTo(10));
  }
}
