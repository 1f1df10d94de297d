package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * No false alarm on right derivatives, no rest for wrong ones, whatever the function, point and
 * seed.
 */
class GradientCheckProperties {

  /**
   * Functions that keep moderate numbers moderate, so that any composition has a fair derivative.
   */
  private static final List<UnaryOperator<Tensor>> STEPS =
      List.of(
          Tensor::tanh,
          Tensor::sin,
          Tensor::sigmoid,
          Tensor::softplus,
          x -> x.mul(0.5).exp().log1p(),
          x -> x.matmul(x.transpose()).div(3).sin(),
          x -> x.softmax(-1).add(x),
          x -> x.sub(x.mean(0)),
          x -> x.div(x.square().mean().add(1).sqrt()),
          x -> Tensor.concat(0, x, x.cos()).slice(0, 1, 1 + x.shape().dim(0)),
          x -> x.permute(1, 0).gelu().transpose(),
          x -> x.mul(x.select(1, 0).unsqueeze(1)).tanh());

  @Provide
  Arbitrary<List<Integer>> programs() {
    return Arbitraries.integers().between(0, STEPS.size() - 1).list().ofMinSize(1).ofMaxSize(5);
  }

  private static UnaryOperator<Tensor> function(List<Integer> program) {
    return x -> {
      Tensor y = x;
      for (int step : program) {
        y = STEPS.get(step).apply(y);
      }
      return y;
    };
  }

  private static Tensor square(long seed, int size) {
    return Tensor.normal(new Random(seed), DType.F64, size, size);
  }

  /** A composition may be flat at some element: too noisy to tell is no false alarm. */
  @Property(tries = 300)
  void rightDerivativesPass(
      @ForAll("programs") List<Integer> program,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int size) {
    GradientCheck.of(function(program))
        .at(square(seed, size))
        .seed(seed)
        .allowing(Verdict.TOO_NOISY)
        .assertPasses();
  }

  /** Nothing but the bound on the error of the differences is allowed here. */
  @Property(tries = 300)
  void theBoundOnTheDifferencesIsHonest(
      @ForAll("programs") List<Integer> program,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int size) {
    GradientCheck.of(function(program))
        .at(square(seed, size))
        .seed(seed)
        .tolerance(0, 0)
        .allowing(Verdict.TOO_NOISY)
        .assertPasses();
  }

  @Property(tries = 100)
  void rightSecondDerivativesPass(
      @ForAll("programs") List<Integer> program,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3) int size) {
    GradientCheck.of(function(program))
        .at(square(seed, size))
        .seed(seed)
        .order(2)
        .allowing(Verdict.TOO_NOISY)
        .assertPasses();
  }

  /**
   * From three rows on: of two, centred ones are opposite, and even functions of them all alike.
   */
  @Property(tries = 300)
  void aFactorOf1001ThousandthsAnywhereIsFoundOut(
      @ForAll("programs") List<Integer> program,
      @ForAll @IntRange(max = 5) int place,
      @ForAll long seed,
      @ForAll @IntRange(min = 3, max = 4) int size) {
    List<UnaryOperator<Tensor>> steps = new ArrayList<>();
    program.forEach(step -> steps.add(STEPS.get(step)));
    steps.add(Math.min(place, steps.size()), y -> PlantedBugsTest.scaled(y, 1.001));
    UnaryOperator<Tensor> broken =
        x -> {
          Tensor y = x;
          for (UnaryOperator<Tensor> step : steps) {
            y = step.apply(y);
          }
          return y;
        };
    GradientReport report = GradientCheck.of(broken).at(square(seed, size)).seed(seed).check();
    assertThat(report.passed()).isFalse();
  }

  @Property(tries = 200)
  void scalesDoNotMatter(@ForAll @IntRange(min = -150, max = 150) int exponent, @ForAll long seed) {
    double scale = Math.pow(10, exponent);
    UnaryOperator<Tensor> f = x -> x.div(scale).tanh().mul(x.div(scale)).mul(scale);
    Tensor x = square(seed, 3).mul(scale);
    GradientCheck.of(f).at(x).seed(seed).allowing(Verdict.TOO_NOISY).assertPasses();
    GradientReport wrong =
        GradientCheck.of((Tensor t) -> PlantedBugsTest.scaled(f.apply(t), 1.001)).at(x).check();
    assertThat(wrong.failed()).isEqualTo(9);
  }
}
