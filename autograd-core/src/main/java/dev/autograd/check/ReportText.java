package dev.autograd.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A report as text. */
final class ReportText {

  private static final List<String> HEAD =
      List.of("order", "input", "shape", "worst at", "analytic", "numeric", "error", "allowed", "");

  private static final String LOOK_AT_PARTS =
      "To find the operation whose pullback is wrong, check parts of the function by themselves, at"
          + " the same inputs.";

  private static final String SECOND_ONLY =
      "The first derivative is right, its own is not: look for pullbacks that use detached or mapped"
          + " values where these depend on the inputs or on g.";

  private final GradientReport report;
  private final List<CheckedInput> worstFirst;

  ReportText(GradientReport report) {
    this.report = report;
    this.worstFirst =
        report.inputs().stream()
            .sorted(Comparator.comparingDouble(CheckedInput::severity).reversed())
            .toList();
  }

  String print() {
    List<String> lines = new ArrayList<>();
    lines.add(summary());
    lines.add("");
    lines.addAll(table());
    lines.add("");
    lines.addAll(remarks());
    return String.join("\n", lines);
  }

  /** Returns the summary of a failed check and what is special about it, without the table. */
  String brief() {
    List<String> lines = new ArrayList<>(List.of(summary()));
    lines.addAll(advice());
    lines.remove(LOOK_AT_PARTS);
    return String.join("\n", lines);
  }

  private String summary() {
    String checked =
        report.elements()
            + (report.elements() == 1 ? " element" : " elements")
            + ", order "
            + report.order();
    if (report.passed()) {
      return "gradient check passed: " + checked;
    }
    CheckedInput worst = worstFirst.get(0);
    return "gradient check failed: "
        + report.failed()
        + " of "
        + checked
        + "; worst is "
        + worst.name()
        + worst.worst().map(ReportText::disagreement).orElse("");
  }

  private static String disagreement(CheckedElement element) {
    return " "
        + element.index()
        + ": analytic "
        + figure(element.analytic())
        + ", numeric "
        + figure(element.numeric())
        + ", off by "
        + small(element.error())
        + " where "
        + small(element.tolerance())
        + " is allowed";
  }

  private List<String> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    worstFirst.forEach(input -> rows.add(row(input)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> row(CheckedInput input) {
    Optional<CheckedElement> worst = input.worst();
    return List.of(
        Integer.toString(input.order()),
        input.name(),
        input.shape().toString(),
        worst.map(element -> element.index().toString()).orElse("-"),
        worst.map(element -> figure(element.analytic())).orElse("-"),
        worst.map(element -> figure(element.numeric())).orElse("-"),
        worst.map(element -> small(element.error())).orElse("-"),
        worst.map(element -> small(element.tolerance())).orElse("-"),
        verdict(input));
  }

  private static String verdict(CheckedInput input) {
    String failed = input.passed() ? "ok" : "FAILED: " + input.failed() + " of " + input.elements();
    String undecided = input.undecided() == 0 ? "" : ", " + input.undecided() + " undecided";
    return failed + undecided + (input.reached() ? "" : ", no gradient arrived");
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "The derivatives are those of the sum of the outputs times random weights, seed "
            + report.seed()
            + "; with a single output, its own.");
    if (report.undecided() > 0) {
      remarks.add(
          "Undecided derivatives are smaller than what rounding does to a difference: not even their"
              + " sign was verified. Choose inputs where the function is less flat.");
    }
    if (!report.passed()) {
      remarks.addAll(advice());
    }
    return remarks;
  }

  private List<String> advice() {
    List<String> advice = new ArrayList<>();
    List<CheckedInput> failures = worstFirst.stream().filter(input -> !input.passed()).toList();
    boolean first = failures.get(0).order() == 1;
    failures.stream()
        .filter(input -> first && !input.reached())
        .forEach(input -> advice.add(notReached(input)));
    for (CheckedInput input : failures) {
      input
          .worst()
          .filter(element -> !element.smooth())
          .ifPresent(element -> advice.add(kink(input, element)));
    }
    if (advice.isEmpty()) {
      advice.add(first ? LOOK_AT_PARTS : SECOND_ONLY);
    }
    if (first && report.order() == 2) {
      advice.add("The second order was not checked; it rests on the first.");
    }
    return advice;
  }

  private static String notReached(CheckedInput input) {
    return "No gradient arrived at "
        + input.name()
        + ", but the output moves with it: look for detach(), noGrad, map, or numbers taken out of"
        + " tensors.";
  }

  private static String kink(CheckedInput input, CheckedElement element) {
    return "Next to "
        + input.name()
        + " "
        + element.index()
        + " the function has a kink or a jump, where differences say little: move that element away"
        + " from it.";
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.12g", value);
  }

  private static String small(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
