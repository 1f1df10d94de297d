package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all optimisers. */
class EveryOptimizerTest {

  static Stream<String> names() {
    return Kinds.all().keySet().stream();
  }

  private static Optimizer make(String name, Parameter... parameters) {
    return Objects.requireNonNull(Kinds.all().get(name)).apply(List.of(parameters));
  }

  private static Parameter random(String name, DType dtype) {
    return Parameter.of(name, Tensor.normal(new Random(3), DType.F64, 2, 3).to(dtype));
  }

  @ParameterizedTest
  @MethodSource("names")
  void lowersALoss(String name) {
    Parameter p = random("p", DType.F64);
    Optimizer optimizer = make(name, p);
    double before = optimizer.minimize(() -> p.square().sum());
    for (int i = 0; i < 25; i++) {
      optimizer.minimize(() -> p.square().sum());
    }
    assertThat(p.square().sum().item()).isLessThan(0.8 * before);
  }

  @ParameterizedTest
  @MethodSource("names")
  void frozenAndUnreachedParametersKeepValueAndMemory(String name) {
    Parameter p = random("p", DType.F64);
    Parameter frozen = random("frozen", DType.F64);
    Parameter unreached = random("unreached", DType.F64);
    Optimizer optimizer = make(name, p, frozen, unreached);
    optimizer.minimize(() -> p.square().add(frozen.square()).add(unreached.square()).sum());
    frozen.freeze();
    double[] value = frozen.toDoubleArray();
    Map<String, Tensor> before = optimizer.state();
    optimizer.minimize(() -> p.square().add(frozen.square()).sum());
    assertThat(frozen.toDoubleArray()).isEqualTo(value);
    assertThat(unreached.toDoubleArray()).isEqualTo(value);
    assertThat(p.toDoubleArray()).isNotEqualTo(value);
    optimizer
        .state()
        .forEach(
            (what, memory) -> {
              if (what.startsWith("frozen.") || what.startsWith("unreached.")) {
                assertThat(before)
                    .hasEntrySatisfying(
                        what,
                        old -> assertThat(memory.toDoubleArray()).isEqualTo(old.toDoubleArray()));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("names")
  void workInF32StaysInF32AndNearF64(String name) {
    Parameter small = random("small", DType.F32);
    Parameter large = Parameter.of("large", small.to(DType.F64));
    Optimizer rounded = make(name, small);
    Optimizer exact = make(name, large);
    Tensor center = Tensor.normal(new Random(4), DType.F64, 2, 3).mul(3);
    for (int i = 0; i < 20; i++) {
      rounded.minimize(() -> small.sub(center.to(DType.F32)).square().sum());
      exact.minimize(() -> large.sub(center).square().sum());
    }
    assertThat(small.dtype()).isEqualTo(DType.F32);
    rounded
        .state()
        .forEach(
            (what, memory) ->
                assertThat(memory.dtype())
                    .as(what)
                    .isEqualTo(memory.rank() == 0 ? DType.F64 : DType.F32));
    assertThat(small.to(DType.F64).allClose(large, 1e-5, 1e-6)).isTrue();
  }
}
