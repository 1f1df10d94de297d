package dev.autograd.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One case carried out and compared, number by number, with what the golden files say. */
final class Replay {

  /** How much further second derivatives may be off. */
  private static final double SECOND_ORDER = 10;

  private final GoldenCase golden;
  private final Run run;
  private final Findings findings;

  private Replay(GoldenCase golden, Map<String, GoldenOps.Op> operations) {
    this.golden = golden;
    this.run = Run.of(golden, operations, DType.F64);
    this.findings = new Findings(golden);
  }

  /** Returns what differs. */
  static Findings of(GoldenCase golden, Map<String, GoldenOps.Op> operations) {
    Replay replay = new Replay(golden, operations);
    switch (golden.kind()) {
      case "op", "program" -> replay.derivatives();
      case "seed_note" -> {
        replay.derivatives();
        replay.notes();
      }
      case "hessian" -> replay.hessian();
      case "jacobian" -> replay.jacobian();
      case "higher" -> replay.higherOrders();
      default -> throw new IllegalArgumentException("no replay of kind " + golden.kind());
    }
    return replay.findings;
  }

  // ---------------------------------------------------------------- values and derivatives

  private void derivatives() {
    output();
    for (String name : Json.names(golden.json().path("values"))) {
      compareShaped(Mismatch.Quantity.value(name), golden.json().get("values").get(name), name);
    }
    gradients();
    intermediateGradients();
    storedGradients();
    if (golden.json().has("second")) {
      secondOrder(golden.json().get("second"));
    }
  }

  private void output() {
    compareShaped(Mismatch.Quantity.value("result"), golden.json().get("output"), golden.out());
  }

  private void compareShaped(Mismatch.Quantity quantity, JsonNode expected, String name) {
    Tensor actual = run.tensor(name);
    requireShape(quantity, Json.shape(expected.get("shape")), actual.shape());
    findings.compare(quantity, Json.numbers(expected.get("data")), actual, 1);
  }

  private static void requireShape(Mismatch.Quantity quantity, Shape expected, Shape actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(quantity + ": shape " + expected + " expected, was " + actual);
    }
  }

  private void gradients() {
    List<String> names = golden.names(true);
    Named<Tensor> plain = run.gradients(names, GradOptions.retainGraph());
    Named<Tensor> recorded = run.gradients(names, GradOptions.createGraph());
    for (String name : names) {
      Mismatch.Quantity quantity = Mismatch.Quantity.gradient(name);
      double[] expected = Json.numbers(golden.json().get("grads").get(name));
      requireShape(quantity, run.tensor(name).shape(), plain.of(name).shape());
      findings.compare(quantity, expected, plain.of(name), 1);
      findings.compare(quantity, expected, recorded.of(name), 1);
    }
  }

  private void intermediateGradients() {
    JsonNode expected = golden.json().path("inter_grads");
    List<String> names = Json.names(expected);
    Named<Tensor> actual = run.gradients(names, GradOptions.retainGraph());
    for (String name : names) {
      Mismatch.Quantity quantity = Mismatch.Quantity.gradient(name);
      requireShape(quantity, Json.shape(expected.get(name).get("shape")), actual.of(name).shape());
      findings.compare(quantity, Json.numbers(expected.get(name).get("data")), actual.of(name), 1);
    }
  }

  /** What backward() leaves in the leaves must be, to the bit, what Autograd.grad returns. */
  private void storedGradients() {
    List<String> names = golden.names(true);
    Named<Tensor> returned = run.gradients(names, GradOptions.retainGraph());
    if (run.out().requiresGrad()) {
      run.out().backward(GradOptions.retainGraph().seed(run.cotangent()));
    }
    for (String name : names) {
      Tensor leaf = run.tensor(name);
      double[] stored = leaf.hasGrad() ? leaf.grad().toDoubleArray() : new double[leaf.size()];
      findings.add(
          Mismatch.beyond(
              new Mismatch.Quantity("stored gradient", name),
              returned.of(name).toDoubleArray(),
              stored,
              0));
    }
  }

  private void secondOrder(JsonNode second) {
    List<String> names = golden.names(true);
    Named<Tensor> products = run.hessianTimes(names, second.get("v"));
    Named<Tensor> squares = run.gradientOfSquaredGradient(names);
    for (String name : names) {
      findings.compare(
          new Mismatch.Quantity("Hessian times v", name),
          Json.numbers(second.get("hv").get(name)),
          products.of(name),
          SECOND_ORDER);
      findings.compare(
          new Mismatch.Quantity("gradient of the squared gradient", name),
          Json.numbers(second.get("grad_of_sumsq_grad").get(name)),
          squares.of(name),
          SECOND_ORDER);
    }
  }

  // ---------------------------------------------------------------- what the notes themselves say

  private void notes() {
    JsonNode differs = golden.json().path("notes_differs");
    for (String noteName : Json.names(golden.json().get("notes_grads"))) {
      double[] inNote = Json.numbers(golden.json().get("notes_grads").get(noteName).get("data"));
      Tensor here = gradient(golden.json().get("notes_names").get(noteName).asText());
      Mismatch.Quantity quantity = new Mismatch.Quantity("gradient in the note", noteName);
      if (!differs.has(noteName)) {
        findings.compare(quantity, inNote, here, 1);
      } else if (differsByNumberOfExamples(differs.get(noteName).asText())) {
        differsByFactor(quantity, inNote, here);
      }
    }
    misprints();
  }

  private Tensor gradient(String name) {
    return run.gradients(List.of(name), GradOptions.retainGraph()).of(name);
  }

  private static boolean differsByNumberOfExamples(String reason) {
    return reason.contains("m times")
        || reason.contains("n_data")
        || reason.contains("summed over samples");
  }

  /** The note's value is the derivative times the number of examples, or divided by it. */
  private void differsByFactor(Mismatch.Quantity quantity, double[] inNote, Tensor here) {
    int largest = 0;
    double[] actual = here.toDoubleArray();
    for (int i = 0; i < actual.length; i++) {
      largest = Math.abs(actual[i]) > Math.abs(actual[largest]) ? i : largest;
    }
    double factor = actual[largest] == 0 ? 1 : inNote[largest] / actual[largest];
    double examples = Math.rint(Math.max(factor, 1 / factor));
    findings.compare(quantity, inNote, here.mul(factor > 1 ? examples : 1 / examples), examples);
  }

  /** A misprinted formula's value is not the gradient of anything it could be meant for. */
  private void misprints() {
    JsonNode wrong = golden.json().path("notes_wrong");
    for (String name : Json.names(wrong)) {
      String right = name.replace("_as_printed", "");
      Tensor here = gradient(golden.json().get("notes_names").get(right).asText());
      double[] printed = Json.numbers(wrong.get(name).get("data"));
      Mismatch.Quantity quantity = new Mismatch.Quantity("misprint", name);
      if (Mismatch.between(quantity, printed, here.toDoubleArray(), 1).isEmpty()) {
        throw new AssertionError(quantity + " is what is computed here");
      }
    }
  }

  // ---------------------------------------------------------------- matrices and higher orders

  private void hessian() {
    output();
    String wrt = golden.json().get("wrt").asText();
    Tensor x = run.tensor(wrt);
    Tensor gradient = Autograd.grad(run.out(), x, GradOptions.createGraph());
    findings.compare(
        Mismatch.Quantity.gradient(wrt),
        Json.numbers(golden.json().get("grads").get(wrt)),
        gradient,
        1);
    compareMatrix("hessian", rows(gradient.reshape(x.size()), x), SECOND_ORDER);
  }

  private void jacobian() {
    output();
    Tensor x = run.tensor(golden.json().get("wrt").asText());
    compareMatrix("jacobian", rows(run.out().reshape(run.out().size()), x), 1);
  }

  /** Returns the derivatives of each element, one row each; zeros where it does not depend on x. */
  private static List<Tensor> rows(Tensor vector, Tensor x) {
    List<Tensor> rows = new ArrayList<>();
    for (int i = 0; i < vector.size(); i++) {
      rows.add(
          vector.requiresGrad()
              ? Autograd.grad(vector.at(i), x, GradOptions.retainGraph().allowUnused())
              : Tensor.zeros(x.dtype(), x.shape().toArray()));
    }
    return rows;
  }

  private void compareMatrix(String kind, List<Tensor> rows, double factor) {
    JsonNode expected = golden.json().get(kind);
    Mismatch.Quantity quantity = new Mismatch.Quantity(kind, "result");
    Shape shape = Json.shape(expected.get("shape"));
    Tensor matrix = Tensor.stack(0, rows.stream().map(row -> row.reshape(row.size())).toList());
    requireShape(quantity, shape, matrix.shape());
    findings.compare(quantity, Json.numbers(expected.get("data")), matrix, factor);
  }

  private void higherOrders() {
    Tensor x = run.tensor(golden.inputs().get(0).name());
    double[] expected = Json.numbers(golden.json().get("derivatives"));
    Tensor derivative = run.out();
    for (int order = 0; order < expected.length; order++) {
      findings.compare(
          new Mismatch.Quantity("derivative of order " + order, "result"),
          new double[] {expected[order]},
          derivative,
          order < 2 ? 1 : SECOND_ORDER);
      derivative =
          derivative.requiresGrad()
              ? Autograd.grad(derivative, x, GradOptions.createGraph().allowUnused())
              : Tensor.zeros(x.dtype());
    }
  }
}
