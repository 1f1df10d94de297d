package dev.autograd.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line of a golden file. */
record GoldenCase(JsonNode json) {

  /** One operation of a case: the name of its result, what it is, its operands and attributes. */
  record Step(String result, String op, List<String> operands, Attributes attributes) {}

  /** An operand of a case. */
  record Operand(String name, JsonNode json) {

    /** Returns "float64", "int64" or "bool". */
    String dtype() {
      return json.path("dtype").asText("float64");
    }

    boolean wantsGradient() {
      return json.path("grad").asBoolean(false);
    }

    double[] values() {
      return Json.numbers(json.get("data"));
    }
  }

  String id() {
    return json.get("id").asText();
  }

  String kind() {
    return json.get("kind").asText();
  }

  String op() {
    return json.get("op").asText();
  }

  /** Returns "strict", "convention" or "special". */
  String tier() {
    return json.path("tier").asText("strict");
  }

  boolean isStrict() {
    return tier().equals("strict");
  }

  /** Returns how much a relative change of the inputs is magnified in the gradients, at least 1. */
  double condition() {
    return Math.max(1, json.path("sens").asDouble(1));
  }

  List<Operand> inputs() {
    List<Operand> inputs = new ArrayList<>();
    json.path("inputs").forEach(node -> inputs.add(new Operand(node.get("name").asText(), node)));
    return inputs;
  }

  List<String> names(boolean onlyThoseWithGradient) {
    return inputs().stream()
        .filter(input -> !onlyThoseWithGradient || input.wantsGradient())
        .map(Operand::name)
        .toList();
  }

  /** Returns the operations in order; a case of a single one is a program of one step. */
  List<Step> steps() {
    if (!json.has("instrs")) {
      return List.of(new Step(out(), op(), names(false), new Attributes(json.path("attrs"))));
    }
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : json.get("instrs")) {
      steps.add(
          new Step(
              step.get(0).asText(),
              step.get(1).asText(),
              Json.texts(step.get(2)),
              new Attributes(step.get(3))));
    }
    return steps;
  }

  String out() {
    return json.path("out").asText("result");
  }

  /** Returns the operations it consists of, each once. */
  Set<String> operations() {
    Stream<String> names =
        kind().startsWith("scalar_ref") ? Stream.of(op()) : steps().stream().map(Step::op);
    return names.collect(Collectors.toCollection(TreeSet::new));
  }
}
