package dev.autograd.golden;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Tensor;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Functions and their slopes against references of 50 digits, in units of the last place of the
 * result: in the tails, near 0 and near borders too. {@link References} asks for absolute accuracy
 * only, but of all operations.
 */
class ReferenceUlpsTest {

  /** Units in the last place of value and slope. */
  private record Ulps(double value, double slope) {}

  private static final Map<String, Ulps> BOUNDS =
      Map.ofEntries(
          entry("log2", new Ulps(2, 2)),
          entry("log10", new Ulps(1, 2)),
          entry("tan", new Ulps(1, 3)),
          entry("asin", new Ulps(1, 2)),
          entry("acos", new Ulps(1, 2)),
          entry("atan", new Ulps(1, 2)),
          entry("sinh", new Ulps(2, 2)),
          entry("cosh", new Ulps(2, 2)),
          entry("asinh", new Ulps(2, 2)),
          entry("acosh", new Ulps(2, 2)),
          entry("atanh", new Ulps(2, 2)),
          entry("erf", new Ulps(1, 3)),
          entry("erfc", new Ulps(4, 3)),
          entry("mish", new Ulps(4, 6)),
          entry("gelu_tanh", new Ulps(4, 6)));

  @TestFactory
  Stream<DynamicTest> valuesAndSlopes() {
    return GoldenFiles.cases("scalar_ref").stream()
        .filter(golden -> BOUNDS.containsKey(golden.op()))
        .map(golden -> dynamicTest(golden.op(), () -> check(golden)));
  }

  private static void check(GoldenCase golden) {
    Ulps bound = BOUNDS.getOrDefault(golden.op(), new Ulps(0, 0));
    GoldenOps.Op op = GoldenOps.find(golden.op(), GoldenOps.table());
    Tensor x = Tensor.of(Json.numbers(golden.json().get("x"))).withGrad();
    Tensor y = op.apply(List.of(x), new Attributes(golden.json()));
    compare(golden, "f", y, bound.value());
    compare(golden, "df", Autograd.grad(y.sum(), x, GradOptions.retainGraph()), bound.slope());
  }

  private static void compare(GoldenCase golden, String field, Tensor actual, double ulps) {
    JsonNode decimals = golden.json().get(field);
    double[] values = actual.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      double exact = new BigDecimal(decimals.get(i).asText()).doubleValue();
      assertThat(Math.abs(values[i] - exact) / Math.ulp(exact))
          .as("%s %s at %s", golden.op(), field, golden.json().get("x").get(i))
          .isLessThanOrEqualTo(ulps);
    }
  }
}
