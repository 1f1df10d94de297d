package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundingNoiseTest {

  private static double[] noise(UnaryOperator<Tensor> f, long seed, double... x) {
    List<Block> blocks = List.of(new Block("", "x", Shape.of(x.length), Precision.DOUBLE, x));
    FirstDerivative function =
        new FirstDerivative(
            Examined.of(new FreshLeaves(inputs -> f.apply(inputs.get(0)), blocks), blocks, null));
    double[] value = function.value(Block.valuesOf(blocks), Place.GIVEN);
    return RoundingNoise.around(function, value, new Random(seed));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e2, 1e4, 1e6})
  void measuresDigitsThatAreLostInside(double shift) {
    for (long seed = 0; seed < 50; seed++) {
      double[] noise = noise(x -> x.add(shift).sub(shift), seed, 0.3, 1.7);
      // Rounding to a multiple of u is uniform, with the deviation u / √12.
      double expected = Math.ulp(shift) / Math.sqrt(12);
      assertThat(noise[0]).as("seed %d", seed).isBetween(expected / 5, expected * 5);
      assertThat(noise[1]).as("seed %d", seed).isBetween(expected / 5, expected * 5);
    }
  }

  @Test
  void takesNeitherSlopeNorCurvatureForNoise() {
    for (long seed = 0; seed < 50; seed++) {
      double[] noise = noise(x -> x.mul(100).sin().exp(), seed, 0.3, -2);
      assertThat(noise[0]).as("seed %d", seed).isLessThan(1e-14);
      assertThat(noise[1]).as("seed %d", seed).isLessThan(1e-13);
    }
  }

  @Test
  void takesNoKinkForNoise() {
    for (long seed = 0; seed < 50; seed++) {
      double[] noise = noise(x -> x.sub(1).relu().add(x), seed, 1, 1 + 3e-7, 1 - 3e-7);
      assertThat(Arrays.stream(noise).max().orElseThrow()).as("seed %d", seed).isLessThan(1e-15);
    }
  }

  @Test
  void isAtLeastHalfAUnitInTheLastPlace() {
    assertThat(noise(x -> x.mul(0).add(8), 1, 1.0)).containsExactly(Math.ulp(8.0) / 2);
  }

  @Test
  void isTheLargestOfTheOthersWhereNothingMoves() {
    double[] noise = noise(x -> x.relu(), 1, -1, 1e3);
    assertThat(noise[0]).isEqualTo(noise[1]).isGreaterThan(1e-14);
  }

  @Test
  void isMeasuredOnOneSideIfTheFunctionEndsOnTheOther() {
    UnaryOperator<Tensor> f =
        x -> {
          if (x.item(0) < 1) {
            throw new IllegalArgumentException("outside");
          }
          return x.add(1e4).sub(1e4);
        };
    assertThat(noise(f, 3, 1.0)[0]).isBetween(1e-13, 1e-11);
  }

  @Test
  void isWhatIsLeftNextToKinksNearAndFar() {
    for (long seed = 0; seed < 20; seed++) {
      // One kink is out of reach of points closer together, the other one of the closest.
      TestDerivative function =
          new TestDerivative(
              x -> {
                double away = Math.abs(x[0] - 1);
                double noise = 1e-15 * new Random(Double.hashCode(x[0])).nextGaussian();
                return new double[] {
                  Math.max(away, 0x1p-21) + Math.max(away, 0x1p-29) + (away == 0 ? 0 : noise)
                };
              },
              (x, w) -> w,
              1);
      double[] value = function.value(new double[][] {{1}}, Place.GIVEN);
      assertThat(RoundingNoise.around(function, value, new Random(seed))[0])
          .as("seed %d", seed)
          .isBetween(2e-16, 5e-15);
    }
  }
}
