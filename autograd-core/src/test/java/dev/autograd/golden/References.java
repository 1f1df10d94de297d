package dev.autograd.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions and their derivatives against references of 50 digits. */
final class References {

  /**
   * The largest |error| / (1 + |true|). The golden files' own oracle, where it is well-conditioned,
   * stays below 4e-15 in the second derivatives; a tenth of the suggested 1e-12 is far above that,
   * and what a kernel with an error of some units in the last place needs.
   */
  private static final double BOUND = 1e-14;

  private References() {}

  static Findings compare(GoldenCase golden, Map<String, GoldenOps.Op> operations) {
    Findings findings = new Findings(golden);
    GoldenOps.Op op = GoldenOps.find(golden.op(), operations);
    if (golden.kind().equals("scalar_ref")) {
      compareOrders(golden, op, findings);
    } else {
      comparePartials(golden, op, findings);
    }
    return findings;
  }

  private static void compareOrders(GoldenCase golden, GoldenOps.Op op, Findings findings) {
    Tensor x = points(golden, "x");
    Tensor f = apply(op, x);
    Tensor df = derivative(f, x, GradOptions.createGraph());
    Tensor d2f = derivative(df, x, GradOptions.createGraph());
    compare(golden, "f", f, findings);
    compare(golden, "df", df, findings);
    compare(golden, "d2f", d2f, findings);
  }

  private static void comparePartials(GoldenCase golden, GoldenOps.Op op, Findings findings) {
    Tensor a = points(golden, "a");
    Tensor b = points(golden, "b");
    Tensor f = apply(op, a, b);
    compare(golden, "f", f, findings);
    compare(golden, "da", derivative(f, a, GradOptions.retainGraph()), findings);
    compare(golden, "db", derivative(f, b, GradOptions.retainGraph()), findings);
  }

  private static Tensor points(GoldenCase golden, String name) {
    return Tensor.of(Json.numbers(golden.json().get(name))).withGrad();
  }

  private static Tensor apply(GoldenOps.Op op, Tensor... operands) {
    JsonNode attributes = JsonNodeFactory.instance.objectNode().put("reduction", "none");
    return op.apply(List.of(operands), new Attributes(attributes));
  }

  private static Tensor derivative(Tensor y, Tensor x, GradOptions options) {
    Tensor ones = Tensor.ones(y.dtype(), y.shape().toArray());
    return y.requiresGrad()
        ? Autograd.grad(y, x, options.seed(ones).allowUnused())
        : Tensor.zeros(x.dtype(), x.shape().toArray());
  }

  private static void compare(GoldenCase golden, String name, Tensor actual, Findings findings) {
    JsonNode decimals = golden.json().get(name);
    double[] values = actual.toDoubleArray();
    List<Mismatch> mismatches = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      double expected = new BigDecimal(decimals.get(i).asText()).doubleValue();
      double bound = BOUND * (1 + Math.abs(expected));
      // A true value beyond the range of doubles is infinite in both.
      if (values[i] != expected && !(Math.abs(values[i] - expected) <= bound)) {
        Mismatch.Quantity quantity = Mismatch.Quantity.value(name);
        mismatches.add(new Mismatch(quantity, i, values.length, expected, values[i]));
      }
    }
    findings.add(mismatches);
  }
}
