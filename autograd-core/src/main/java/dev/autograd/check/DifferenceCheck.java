package dev.autograd.check;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The check of one derivative: every element of every input against its central difference. */
final class DifferenceCheck {

  /** Weights of elements with little noise exceed the others by at most this factor. */
  private static final double WIDEST = 0x1p10;

  private final Derivative function;
  private final int order;
  private final Tolerance tolerance;
  private final Random random;

  DifferenceCheck(Derivative function, int order, Tolerance tolerance, long seed) {
    this.function = function;
    this.order = order;
    this.tolerance = tolerance;
    this.random = new Random(seed);
  }

  /** Returns what was found per input. */
  List<CheckedInput> run() {
    double[][] given = Block.valuesOf(function.blocks());
    double[] value = function.value(given, Place.GIVEN);
    requireSame(value, function.value(given, Place.GIVEN), "two runs");
    double[] noise = RoundingNoise.around(function, value, random);
    double[] weights = weights(noise);
    Claim claim = function.claim(weights);
    requireSameGradient(claim, function.claim(weights));
    Differences differences = new Differences(function, value, weights, noise);
    List<CheckedInput> checked = new ArrayList<>();
    for (int k = 0; k < given.length; k++) {
      checked.add(input(k, claim, differences, function.unit(weights)));
    }
    requireSame(value, function.value(given, Place.GIVEN), "the first and the last run");
    return checked;
  }

  /**
   * Returns the projection: random signs and sizes, so that no error cancels or hides behind a
   * gradient of ones; and larger where rounding is smaller, so that large elements of the value do
   * not drown the small ones.
   */
  private double[] weights(double[] noise) {
    double most = Arrays.stream(noise).max().orElse(1);
    double[] weights = new double[noise.length];
    for (int j = 0; j < weights.length; j++) {
      double size = (0.5 + random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
      weights[j] = size * Math.min(WIDEST, most / noise[j]);
    }
    return weights;
  }

  private CheckedInput input(int k, Claim claim, Differences differences, double unit) {
    Block block = function.blocks().get(k);
    int failed = 0;
    int undecided = 0;
    CheckedElement worst = null;
    for (int i = 0; i < block.values().length; i++) {
      CheckedElement element = element(k, i, claim.part(k)[i], differences, unit);
      failed += element.agrees() ? 0 : 1;
      undecided += element.undecided() ? 1 : 0;
      worst = worse(worst, element);
    }
    return new CheckedInput(
        order,
        block.label(),
        block.shape(),
        claim.reached(k),
        block.values().length,
        failed,
        undecided,
        Optional.ofNullable(worst));
  }

  private static CheckedElement worse(@Nullable CheckedElement worst, CheckedElement element) {
    return worst == null || element.severity() > worst.severity() ? element : worst;
  }

  private CheckedElement element(
      int k, int i, double claimed, Differences differences, double unit) {
    Block block = function.blocks().get(k);
    Quotient quotient =
        new ElementSearch(differences, tolerance, k, i, claimed).search(Steps.rising(block, i));
    double allowed = tolerance.allowed(claimed, quotient);
    double difference = Math.abs(claimed - quotient.value());
    boolean smooth = difference <= allowed || !quotient.bendsAsMuchAs(difference);
    return new CheckedElement(
        Block.index(block.shape(), i),
        claimed / unit,
        quotient.value() / unit,
        allowed / Math.abs(unit),
        smooth);
  }

  private void requireSame(double[] first, double[] second, String runs) {
    for (int j = 0; j < first.length; j++) {
      if (Double.compare(first[j], second[j]) != 0) {
        throw notRepeatable(function.valueLabel(j), runs, first[j], second[j]);
      }
    }
  }

  private void requireSameGradient(Claim first, Claim second) {
    for (int k = 0; k < function.blocks().size(); k++) {
      Block block = function.blocks().get(k);
      double[] one = first.part(k);
      double[] two = second.part(k);
      for (int i = 0; i < one.length; i++) {
        if (Double.compare(one[i], two[i]) != 0) {
          Shape shape = block.shape();
          String what = "the gradient of " + block.label() + " at " + Block.index(shape, i);
          throw notRepeatable(what, "two sweeps", one[i], two[i]);
        }
      }
    }
  }

  private static IllegalArgumentException notRepeatable(
      String what, String runs, double first, double second) {
    return new IllegalArgumentException(
        "gradient check: the function is not repeatable: "
            + what
            + " was "
            + first
            + " and "
            + second
            + " in "
            + runs
            + " at the same inputs; it must use no random numbers, or start their generator anew"
            + " each time, and must not change what it reads");
  }
}
