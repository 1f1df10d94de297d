package dev.autograd.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report as JSON. */
final class ReportJson {

  private ReportJson() {}

  static String of(GradientReport report) {
    return object(
        field("passed", Boolean.toString(report.passed())),
        field("summary", string(report.summary())),
        field("order", Integer.toString(report.order())),
        field("seed", Long.toString(report.seed())),
        field("elements", Integer.toString(report.elements())),
        field("failed", Integer.toString(report.failed())),
        field("inputs", array(report.inputs(), ReportJson::input)),
        field("blames", array(report.blames(), ReportJson::blame)),
        field("stops", array(report.stops(), ReportJson::string)));
  }

  private static String input(CheckedInput input) {
    return object(
        field("order", Integer.toString(input.order())),
        field("name", string(input.name())),
        field("shape", array(boxed(input.shape().toArray()), String::valueOf)),
        field("reached", Boolean.toString(input.reached())),
        field("directions", Integer.toString(input.directions())),
        field("elements", Integer.toString(input.elements())),
        field("failed", Integer.toString(input.failed())),
        field("verdicts", verdicts(input)),
        field("worst", array(input.worst(), ReportJson::element)));
  }

  private static List<Integer> boxed(int... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static String verdicts(CheckedInput input) {
    return input.verdicts().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> field(entry.getKey().name(), String.valueOf(entry.getValue())))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String element(CheckedElement element) {
    return object(
        field("index", array(element.index(), String::valueOf)),
        field("verdict", string(element.verdict().name())),
        field("analytic", number(element.analytic())),
        field("numeric", number(element.numeric())),
        field("error", number(element.error())),
        field("tolerance", number(element.tolerance())),
        field("accuracy", number(element.accuracy())),
        field("left", number(element.left())),
        field("right", number(element.right())));
  }

  private static String blame(Blame blame) {
    return object(
        field("op", string(blame.op())),
        field("operands", array(blame.operands(), String::valueOf)),
        field("source", string(blame.source())),
        field("order", Integer.toString(blame.order())),
        field("element", element(blame.element())));
  }

  private static String object(String... fields) {
    return "{" + String.join(",", fields) + "}";
  }

  private static String field(String name, String value) {
    return string(name) + ":" + value;
  }

  private static <T> String array(List<T> items, Function<? super T, String> print) {
    return items.stream().map(print).collect(Collectors.joining(",", "[", "]"));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : string(Double.toString(value));
  }

  private static String string(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
