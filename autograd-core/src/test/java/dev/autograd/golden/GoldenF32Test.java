package dev.autograd.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.GradOptions;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The strict golden cases in single precision: values and first gradients. */
class GoldenF32Test {

  /**
   * Relative to 1 + M with the largest expected magnitude M. Rounding an input x changes it by up
   * to 6e-8 |x|; the case's condition, and |x| itself, magnify that, and every operation adds as
   * much again. Random graphs of 200 operations come to 8e-7; a wrong formula or a sum in too low a
   * precision comes to more than ten times that.
   */
  private static final double BOUND = 1e-5;

  @Test
  void operations() {
    assertThat(Tally.ofStrict("op").tryAll(GoldenF32Test::replay).failures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"program", "seed_note"})
  void programs(String kind) {
    Tally tally = Tally.ofStrict(kind);
    assertThat(tally.tryAll(GoldenF32Test::replay).failures()).isEmpty();
  }

  private static Findings replay(GoldenCase golden, Map<String, GoldenOps.Op> operations) {
    Findings findings = new Findings(golden);
    Run run = Run.of(golden, operations, DType.F32);
    compare(
        findings,
        golden,
        Mismatch.Quantity.value("result"),
        Json.numbers(golden.json().get("output").get("data")),
        run.out());
    run.gradients(golden.names(true), GradOptions.defaults())
        .forEach(
            (name, gradient) ->
                compare(
                    findings,
                    golden,
                    Mismatch.Quantity.gradient(name),
                    Json.numbers(golden.json().get("grads").get(name)),
                    gradient));
    return findings;
  }

  private static void compare(
      Findings findings,
      GoldenCase golden,
      Mismatch.Quantity quantity,
      double[] expected,
      Tensor actual) {
    assertThat(actual.dtype()).as("%s", quantity).isEqualTo(DType.F32);
    double magnification = golden.condition() * Math.max(1, largestInput(golden));
    double tolerance = BOUND * magnification * (1 + largest(expected));
    findings.add(Mismatch.beyond(quantity, expected, actual.toDoubleArray(), tolerance));
  }

  private static double largestInput(GoldenCase golden) {
    return golden.inputs().stream().mapToDouble(input -> largest(input.values())).max().orElse(0);
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).filter(Double::isFinite).max().orElse(0);
  }
}
