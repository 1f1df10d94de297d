package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class OptimProperties {

  private static Parameter random(String name, Random random, DType dtype, int n) {
    return Parameter.of(name, Tensor.normal(random, dtype, n));
  }

  @Property
  void plainDescentIsTheParameterMinusRateTimesGradient(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll @DoubleRange(min = 0, max = 2) double rate,
      @ForAll boolean single) {
    Random random = new Random(seed);
    DType dtype = single ? DType.F32 : DType.F64;
    Parameter p = random("p", random, dtype, n);
    Tensor g = Tensor.normal(random, dtype, n);
    Tensor expected = p.keep().sub(g.mul(rate));
    Sgd.lr(rate).over(List.of(p)).minimize(() -> p.mul(g).sum());
    assertThat(p.toDoubleArray()).isEqualTo(expected.toDoubleArray());
  }

  @Property(tries = 100)
  void theThreeWaysToStepAreOne(@ForAll long seed, @ForAll boolean adaptive) {
    Tensor start = Tensor.normal(new Random(seed), DType.F64, 5);
    double[][] results = new double[3][];
    for (int way = 0; way < 3; way++) {
      Parameter p = Parameter.of("p", start);
      Optimizer optimizer =
          adaptive
              ? Adam.lr(0.1).weightDecay(0.1).over(List.of(p))
              : Sgd.lr(0.1).momentum(0.9).over(List.of(p));
      for (int i = 0; i < 4; i++) {
        if (way == 0) {
          optimizer.minimize(() -> p.square().sum());
        } else if (way == 1) {
          p.square().sum().backward();
          optimizer.step();
          optimizer.zeroGrad();
        } else {
          Gradients g = Autograd.grad(p.square().sum(), List.of(p));
          optimizer.step(g);
        }
      }
      results[way] = p.toDoubleArray();
    }
    assertThat(results[1]).isEqualTo(results[0]);
    assertThat(results[2]).isEqualTo(results[0]);
  }

  @Property(tries = 100)
  void groupsStepAsTheirOptimisersWouldAlone(@ForAll long seed) {
    Random random = new Random(seed);
    Parameter p = random("p", random, DType.F64, 3);
    Parameter q = random("q", random, DType.F64, 4);
    Parameter alone = Parameter.of("p", p);
    Parameter apart = Parameter.of("q", q);
    Optimizer all =
        Optimizer.all(Adam.lr(0.1).over(List.of(p)), Sgd.lr(0.1).momentum(0.5).over(List.of(q)));
    Optimizer first = Adam.lr(0.1).over(List.of(alone));
    Optimizer second = Sgd.lr(0.1).momentum(0.5).over(List.of(apart));
    for (int i = 0; i < 5; i++) {
      all.minimize(() -> p.square().sum().add(q.exp().sum()));
      first.minimize(() -> alone.square().sum());
      second.minimize(() -> apart.exp().sum());
    }
    assertThat(p.toDoubleArray()).isEqualTo(alone.toDoubleArray());
    assertThat(q.toDoubleArray()).isEqualTo(apart.toDoubleArray());
  }

  @Property(tries = 100)
  void adamStepsAreAtMostAboutTheRate(
      @ForAll long seed, @ForAll @IntRange(min = -6, max = 6) int magnitude) {
    Random random = new Random(seed);
    Parameter p = random("p", random, DType.F64, 6);
    Optimizer adam = Adam.lr(0.01).over(List.of(p));
    Tensor slopes = Tensor.normal(random, DType.F64, 6).mul(Math.pow(10, magnitude));
    for (int i = 0; i < 5; i++) {
      Tensor before = p.keep();
      adam.minimize(() -> p.mul(slopes).sum());
      assertThat(p.sub(before).abs().max().item()).isLessThanOrEqualTo(0.01 * (1 + 1e-9));
    }
  }
}
