package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientCheckTest {

  private static Tensor normal(long seed, int... dims) {
    return Tensor.normal(new Random(seed), DType.F64, dims);
  }

  @Nested
  class RightFunctions {

    static final List<String> NAMES = List.copyOf(SmoothFunctions.ofMatrices().keySet());

    @ParameterizedTest
    @FieldSource("NAMES")
    void passToSecondOrder(String name) {
      UnaryOperator<Tensor> f = SmoothFunctions.named(name);
      GradientCheck.of(f).at(normal(1, 3, 3)).order(2).assertPasses();
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void areDecidedOnToTheLastElement(String name) {
      UnaryOperator<Tensor> f = SmoothFunctions.named(name);
      assertThat(GradientCheck.of(f).at(normal(2, 3, 3)).check().count(Verdict.TOO_NOISY)).isZero();
    }

    @Test
    void ofTwoTensorsPassWithBroadcasting() {
      for (Shape right : List.of(Shape.of(2, 3), Shape.of(3), Shape.of(2, 1), Shape.SCALAR)) {
        GradientCheck.of((a, b) -> a.mul(b).add(b.exp()).div(a.square().add(1)))
            .at(normal(3, 2, 3), normal(4, right.toArray()))
            .order(2)
            .assertPasses();
      }
    }

    @Test
    void ofManyTensorsPass() {
      GradientCheck.ofList(t -> t.get(0).linear(t.get(1), t.get(2)).tanh().matmul(t.get(3)))
          .at(normal(5, 4, 3), normal(6, 2, 3), normal(7, 2), normal(8, 2))
          .order(2)
          .assertPasses();
    }

    @Test
    void ofSeveralOutputsPass() {
      GradientCheck check =
          GradientCheck.ofOutputs(
              t -> List.of(t.get(0).matmul(t.get(1)).tanh(), t.get(1).square(), t.get(0).sum()));
      check.at(normal(5, 2, 3), normal(6, 3, 2)).order(2).assertPasses();
    }

    @Test
    void ofSeveralOutputsAreFoundOutInEach() {
      for (int wrong = 0; wrong < 2; wrong++) {
        double[] factors = {1, 1};
        factors[wrong] = 1.001;
        GradientReport report =
            GradientCheck.ofOutputs(
                    t ->
                        List.of(
                            PlantedBugsTest.scaled(t.get(0).sin(), factors[0]),
                            PlantedBugsTest.scaled(t.get(1).exp(), factors[1])))
                .at(normal(5, 2), normal(6, 3))
                .check();
        assertThat(report.inputs().get(wrong).failed()).isEqualTo(2 + wrong);
        assertThat(report.inputs().get(1 - wrong).failed()).isZero();
      }
    }

    @Test
    void takeTheSameTensorForEveryArgument() {
      Tensor x = normal(9, 2, 2);
      GradientCheck.of((a, b) -> a.matmul(b)).at(x, x).order(2).assertPasses();
    }

    @Test
    void of0DimensionsPass() {
      GradientCheck.of(x -> x.sin().mul(x)).at(Tensor.scalar(0.7)).order(2).assertPasses();
    }

    @Test
    void ofNothingPassWithNothingChecked() {
      GradientReport report =
          GradientCheck.of(x -> x.exp().sum()).at(Tensor.zeros(DType.F64, 0, 3)).check();
      assertThat(report.passed()).isTrue();
      assertThat(report.elements()).isZero();
      assertThat(report.inputs().get(0).first()).isEmpty();
    }

    @Test
    void ofNothingPassToSecondOrderWithAnEmptyOutput() {
      GradientCheck.of(Tensor::exp).at(Tensor.zeros(DType.F64, 0, 3)).order(2).assertPasses();
    }

    @Test
    void passBesideAnEmptyInput() {
      GradientCheck.of((a, b) -> Tensor.concat(0, a, b).exp())
          .at(normal(10, 2), Tensor.zeros(DType.F64, 0))
          .order(2)
          .assertPasses();
    }

    @Test
    void passAtZerosWhereNoMagnitudeSuggestsAStep() {
      GradientCheck.of(x -> x.exp().mul(x.cos()))
          .at(Tensor.zeros(DType.F64, 2, 2))
          .order(2)
          .assertPasses();
    }

    @Test
    void passAtTinyLeftoversBesideOrdinaryNumbers() {
      GradientCheck.of(x -> x.add(1).tanh())
          .at(Tensor.of(1e-17, -3e-12, 0.0, 0.3))
          .order(2)
          .assertPasses();
    }

    @Test
    void passAtLargeArgumentsOfShortWaves() {
      GradientCheck.of(Tensor::sin).at(Tensor.of(1e4, -3e5)).assertPasses();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-150, 1e-100, 1e-9, 1e9, 1e100, 1e150})
    void passAtAnyScale(double scale) {
      GradientReport report =
          GradientCheck.of(x -> x.div(scale).exp().mul(1 / scale))
              .at(normal(11, 4).mul(scale))
              .check();
      assertThat(report.passed()).isTrue();
      assertThat(report.count(Verdict.TOO_NOISY)).isZero();
    }

    @Test
    void passCloseToTheBorderOfTheirDomain() {
      GradientCheck.of(Tensor::log).at(Tensor.of(1e-9, 1e-3, 500.0)).order(2).assertPasses();
      GradientCheck.of(p -> p.log().add(p.subFrom(1).log()))
          .at(Tensor.of(1e-7, 0.5, 1 - 1e-7))
          .assertPasses();
    }

    @Test
    void passCloseToAKink() {
      GradientCheck.of(Tensor::relu).at(Tensor.of(1e-7, -1e-7, 3e-6, 1.0)).order(2).assertPasses();
    }

    @Test
    void passCloseToAKinkAtATinyScale() {
      GradientCheck.of(Tensor::relu).at(normal(13, 6).mul(1e-150)).assertPasses();
    }

    @Test
    void passThoughOnlyAStepAcrossAKinkWouldBeatRounding() {
      GradientCheck.of(x -> x.relu().add(1)).at(Tensor.of(1e-11, -1e-11, 1.0)).assertPasses();
    }

    @Test
    void passThoughTheFirstStepMovesNothingAtAll() {
      Tensor offset = Tensor.of(1.0, 0.0).tanh();
      GradientCheck.of(x -> x.mul(Tensor.of(1, 1e-20)).add(Tensor.of(1, 0)).tanh().sub(offset))
          .at(Tensor.of(1e-17, 0.7))
          .assertPasses();
    }

    @Test
    void passThoughTheStepIsExactlyOneWave() {
      double frequency = 2 * Math.PI / Math.cbrt(0x1p-52);
      GradientCheck.of(x -> x.mul(frequency).sin()).at(Tensor.scalar(1)).assertPasses();
    }

    @Test
    void passWhereFlatPartsCancelToNothing() {
      GradientReport report =
          GradientCheck.of(x -> x.tanh().sum())
              .at(Tensor.of(18.0, -18.0, 18.2, -18.2))
              .allowing(Verdict.TOO_NOISY)
              .check();
      assertThat(report.passed()).isTrue();
      assertThat(report.count(Verdict.TOO_NOISY)).isEqualTo(4);
    }

    @Test
    void passThoughTheyLoseDigitsInsideWithRoomToSpare() {
      for (double x : normal(12, 300).toDoubleArray()) {
        GradientReport report =
            GradientCheck.of(t -> t.add(1e6).sub(1e6)).at(Tensor.scalar(x)).tolerance(0, 0).check();
        CheckedElement worst = report.inputs().get(0).first().orElseThrow();
        assertThat(worst.error()).as("%s", x).isLessThan(worst.tolerance() / 2);
      }
    }

    @Test
    void passWhereOutputsDifferInSizeByManyPowersOfTen() {
      GradientReport report =
          GradientCheck.of(Tensor::exp).at(Tensor.of(-9.0, -4.0, 0.5, 4.0, 9.0)).check();
      assertThat(report.passed()).isTrue();
      assertThat(report.count(Verdict.TOO_NOISY)).isZero();
    }
  }

  @Nested
  class MethodReferences {

    private final Tensor a = normal(20, 2, 2);
    private final Tensor b = normal(21, 2, 2);

    @Test
    void ofOneArgumentResolve() {
      GradientCheck.of(Tensor::tanh).at(a).assertPasses();
      GradientCheck.of(GradientCheckTest::cube).at(a).order(2).assertPasses();
    }

    @Test
    void ofTwoArgumentsResolveAlsoIfOverloadedForNumbers() {
      GradientCheck.of(Tensor::matmul).at(a, b).assertPasses();
      GradientCheck.of(Tensor::mul).at(a, b).assertPasses();
    }

    @Test
    void ofAListResolve() {
      GradientCheck.ofList(GradientCheckTest::total).at(List.of(a, b)).assertPasses();
    }
  }

  private static Tensor cube(Tensor x) {
    return x.mul(x).mul(x);
  }

  private static Tensor total(List<Tensor> tensors) {
    return tensors.get(0).sin().add(tensors.get(1).cos()).sum();
  }

  @Nested
  class FunctionsOfParameters {

    private final Parameter w = Parameter.of("w", normal(30, 2, 3));
    private final Parameter b = Parameter.of("b", normal(31, 2));
    private final Tensor x = normal(32, 4, 3);
    private final Tensor t = normal(33, 4, 2);

    private Tensor loss() {
      return Losses.mse(x.linear(w, b).tanh(), t);
    }

    @Test
    void passToSecondOrder() {
      GradientCheck.of(this::loss).at(List.of(w, b)).order(2).assertPasses();
    }

    @Test
    void passForSomeOfThem() {
      GradientReport report = GradientCheck.of(this::loss).at(b).check();
      assertThat(report.passed()).isTrue();
      assertThat(report.elements()).isEqualTo(2);
    }

    @Test
    void checkAParameterThatIsNamedTwiceOnce() {
      GradientReport report = GradientCheck.of(this::loss).at(b, w, b).check();
      assertThat(report.passed()).isTrue();
      assertThat(report.elements()).isEqualTo(8);
    }

    @Test
    void areFoundOutIfAPullbackIsWrong() {
      GradientReport report =
          GradientCheck.of(() -> PlantedBugsTest.scaled(loss(), 1.001)).at(w, b).check();
      assertThat(report.failed()).isEqualTo(8);
    }
  }

  @Nested
  class NothingIsTouched {

    @Test
    void neitherValuesNorGradientsOfTheUsersTensors() {
      Tensor x = normal(40, 3).withGrad();
      x.square().sum().backward();
      Tensor gradient = x.grad();
      double[] values = x.toDoubleArray();
      GradientCheck.of(Tensor::sin).at(x).order(2).assertPasses();
      assertThat(x.grad()).isSameAs(gradient);
      assertThat(x.toDoubleArray()).containsExactly(values);
    }

    @Test
    void noGradientArrivesInWhatTheFunctionClosesOver() {
      Tensor weight = normal(41, 3).withGrad();
      Parameter bias = Parameter.of("b", normal(42, 3));
      GradientCheck.of(x -> x.mul(weight).add(bias).sin())
          .at(normal(43, 3))
          .order(2)
          .assertPasses();
      assertThat(weight.hasGrad()).isFalse();
      assertThat(bias.hasGrad()).isFalse();
      assertThat(bias.version()).isZero();
    }

    @Test
    void aGraphThatTheFunctionSharesStaysUsable() {
      Tensor weight = normal(44, 3).withGrad();
      Tensor shared = weight.exp();
      GradientCheck.of(x -> x.mul(shared).sin()).at(normal(45, 3)).order(2).assertPasses();
      shared.sum().backward();
      assertThat(weight.hasGrad()).isTrue();
    }

    @Test
    void noOperationEntersTheUsersTape() {
      try (Tape tape = Tape.open()) {
        GradientCheck.of(Tensor::sin).at(normal(46, 3)).order(2).assertPasses();
        assertThat(tape.nodes()).isEmpty();
        Tensor.scalar(1).withGrad().sin();
        assertThat(tape.nodes()).hasSize(1);
      }
    }

    @Test
    void theUsersTapeIsReadableInside() {
      Tensor inner;
      try (Tape tape = Tape.open()) {
        inner = normal(47, 3).exp();
        Tensor closedOver = inner;
        GradientCheck.of(x -> x.mul(closedOver)).at(inner).assertPasses();
        assertThat(tape.nodes()).isEmpty();
      }
    }

    @Test
    void aCheckIsNotChangedByItsMethods() {
      GradientCheck check = GradientCheck.of(Tensor::sin).at(Tensor.scalar(1));
      GradientReport before = check.check();
      check.order(2);
      check.seed(3);
      check.at(Tensor.scalar(2));
      check.tolerance(0, 0);
      assertThat(check.check()).isEqualTo(before);
    }
  }

  @Nested
  class Evaluations {

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void areSixPerElementAndAFewDozenMore(int order) {
      AtomicInteger runs = new AtomicInteger();
      GradientCheck.of(
              x -> {
                runs.incrementAndGet();
                return x.sin();
              })
          .at(normal(50, 100))
          .order(order)
          .assertPasses();
      // The second order has the gradient of each of the 100 outputs as inputs, too.
      assertThat(runs.get()).isLessThan(order == 1 ? 700 : 2000);
    }
  }

  @Nested
  class Recording {

    @Test
    void isOnInsideAFunctionThatSwitchesItOffForAPart() {
      GradientCheck.of(x -> x.mul(Autograd.noGrad(() -> Tensor.scalar(2).sin())))
          .at(normal(60, 2))
          .assertPasses();
    }

    @ParameterizedTest
    @MethodSource("dev.autograd.check.GradientCheckTest#seeds")
    void repeatsBitForBitWithTheSameSeed(long seed) {
      GradientCheck check =
          GradientCheck.of(x -> x.sin().mul(x)).at(normal(61, 3)).seed(seed).order(2);
      assertThat(check.check()).isEqualTo(check.check());
      assertThat(check.check().seed()).isEqualTo(seed);
    }

    @Test
    void differsWithTheSeed() {
      GradientCheck check = GradientCheck.of(Tensor::sin).at(normal(62, 3));
      assertThat(check.seed(1).check().inputs()).isNotEqualTo(check.seed(2).check().inputs());
    }
  }

  static List<Long> seeds() {
    return List.of(0L, 1L, -7L, Long.MAX_VALUE);
  }
}
