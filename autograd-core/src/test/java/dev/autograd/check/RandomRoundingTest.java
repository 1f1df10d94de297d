package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Inspection;
import dev.autograd.Interceptor;
import dev.autograd.Node;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Rounding that points close together do not show. Both programs were found by {@code
 * GradientCheckProperties}, which called their right second derivatives wrong.
 */
class RandomRoundingTest {

  private static final long SEED = 212149;

  /** 3.266…, where the tangents are 1 - 7e-10, and 1 - 4e-16. */
  private static final Tensor X = Tensor.normal(new Random(SEED), DType.F64, 1, 1);

  private static Tensor saturated(Tensor x) {
    return x.softplus().square().tanh();
  }

  private static Tensor stuck(Tensor x) {
    return x.gelu().add(1).square().tanh();
  }

  private static HigherDerivative second(UnaryOperator<Tensor> f) {
    double[] x = X.toDoubleArray();
    List<Block> blocks = List.of(new Block("", "x", Shape.of(1, 1), Precision.DOUBLE, x));
    FreshLeaves subject = new FreshLeaves(inputs -> f.apply(inputs.get(0)), blocks);
    Examined examined = Examined.of(subject, blocks, null);
    FirstDerivative first = new FirstDerivative(examined);
    first.value(Block.valuesOf(blocks), Place.GIVEN);
    return HigherDerivative.of(2, examined, first, new double[1], 1);
  }

  private static Verdict verdict(int order, UnaryOperator<Tensor> f) {
    return GradientCheck.of(f).at(X).seed(SEED).order(order).check().inputs().stream()
        .filter(input -> input.order() == order && !input.name().contains("upstream"))
        .map(input -> input.worst().get(0).verdict())
        .findFirst()
        .orElseThrow();
  }

  /** A last place of the tangent, 2⁻⁵³, times 2 and the slope of the square, 6.4. */
  @Test
  void seesWhatThePointsNextToEachOtherHide() {
    HigherDerivative slope = second(RandomRoundingTest::saturated);
    double[] value = slope.value(Block.valuesOf(slope.blocks()), Place.GIVEN);
    assertThat(RoundingNoise.around(slope, value, new Random(SEED))[0]).isLessThan(1e-20);
    double expected = 0x1p-53 * 2 * 6.4;
    assertThat(new RandomRounding(slope, value, 1).noise()[0])
        .isBetween(expected / 3, expected * 3);
  }

  @Test
  void isZeroWhereResultsMustNotBeOff() {
    HigherDerivative slope = second(x -> x.sub(x.add(0)).neg().sqrt().mul(0).add(x));
    assertThat(new RandomRounding(slope, new double[] {1, 0}, 1).noise()).containsExactly(0, 0);
  }

  @Test
  void aRightDerivativeBehindASaturatedTangentIsCorrect() {
    assertThat(verdict(2, RandomRoundingTest::saturated)).isEqualTo(Verdict.CORRECT);
  }

  @Test
  void oneBehindATangentThatStandsStillIsTooNoisyToTell() {
    assertThat(verdict(2, RandomRoundingTest::stuck)).isEqualTo(Verdict.TOO_NOISY);
  }

  @Test
  void aWrongDerivativeBehindASaturatedTangentIsWrong() {
    UnaryOperator<Tensor> wrong = x -> PlantedBugsTest.scaled(x.softplus().square(), 1.01).tanh();
    assertThat(verdict(1, wrong)).isEqualTo(Verdict.WRONG);
  }

  /** What {@code tanh} computed is read by its own pullback, if the interceptor says so. */
  @Test
  void aReplacementIsAnOutputOnlyIfItSaysSo() {
    assertThat(slopeOfReplaced(false)).isEqualTo(1);
    assertThat(slopeOfReplaced(true)).isEqualTo(0.75);
  }

  private static double slopeOfReplaced(boolean outputs) {
    Interceptor half =
        new Interceptor() {
          @Override
          public Tensor recorded(Node operation, List<? extends Tensor> operands, Tensor result) {
            return result.add(0.5);
          }

          @Override
          public boolean replacesOutputs() {
            return outputs;
          }
        };
    Tensor x = Tensor.scalar(0).withGrad();
    Inspection.intercept(half, x::tanh).backward();
    return x.grad().item();
  }
}
