package dev.autograd.check;

import dev.autograd.Inspection;
import dev.autograd.Interceptor;
import dev.autograd.Node;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * How much of each element of a function's value is rounding that no points close together show. A
 * saturated {@code tanh} stands still while its input moves, at a number that is off by its own
 * rounding: 1 - y² is then wrong in its first digits, and still a smooth function.
 *
 * <p>So each result of a recorded operation is moved up or down by its last place at random, and
 * the function looks at what that does in the end (Vignes 1974; Parker 1997, "Monte Carlo
 * arithmetic"). Operations that round nothing are moved too: this says at most how noisy the value
 * is, and is asked only where {@link RoundingNoise} would have a claim called wrong.
 */
final class RandomRounding {

  private static final int RUNS = 5;

  private final Derivative function;
  private final double[] value;
  private final Random random;
  private double[] noise = {};
  private boolean measured;

  /**
   * Makes a measurement that runs when it is first asked for.
   *
   * @param value the elements of the value at the given inputs
   */
  RandomRounding(Derivative function, double[] value, long seed) {
    this.function = function;
    this.value = value;
    this.random = new Random(seed);
  }

  /**
   * Returns the standard deviation of the rounding error per element of the value; zeros if the
   * function is not defined for results that are off by rounding.
   */
  double[] noise() {
    if (!measured) {
      noise = measure();
      measured = true;
    }
    return noise;
  }

  private double[] measure() {
    double[] deviations = new double[value.length];
    try {
      for (int run = 0; run < RUNS; run++) {
        double[] moved =
            Inspection.intercept(
                new Rounding(),
                () -> function.value(Block.valuesOf(function.blocks()), Place.GIVEN));
        for (int j = 0; j < deviations.length; j++) {
          // Squares of tiny deviations would vanish.
          deviations[j] = Math.hypot(deviations[j], (moved[j] - value[j]) / Math.sqrt(RUNS));
        }
      }
    } catch (RuntimeException outsideTheDomain) {
      return new double[value.length];
    }
    return deviations;
  }

  private final class Rounding implements Interceptor {

    @Override
    public Tensor recorded(Node operation, List<? extends Tensor> operands, Tensor result) {
      Precision precision = result.dtype() == DType.F32 ? Precision.SINGLE : Precision.DOUBLE;
      double[] places = result.toDoubleArray();
      Arrays.setAll(
          places,
          i -> random.nextBoolean() ? place(precision, places[i]) : -place(precision, places[i]));
      return result.add(Tensor.wrap(result.shape(), places).to(result.dtype()));
    }

    @Override
    public boolean replacesOutputs() {
      return true;
    }

    /** A result that is 0 or infinite has not been rounded. */
    private static double place(Precision precision, double value) {
      return value == 0 || !Double.isFinite(value) ? 0 : precision.lastPlace(value);
    }
  }
}
