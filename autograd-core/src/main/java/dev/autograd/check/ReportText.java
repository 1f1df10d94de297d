package dev.autograd.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A report as text. */
final class ReportText {

  private static final List<String> HEAD =
      List.of("order", "input", "shape", "at", "analytic", "numeric", "error", "allowed", "");

  private final GradientReport report;
  private final List<CheckedInput> worstFirst;

  ReportText(GradientReport report) {
    this.report = report;
    this.worstFirst =
        report.inputs().stream()
            .sorted(
                Comparator.comparing(CheckedInput::passed)
                    .thenComparing(Comparator.comparingDouble(CheckedInput::severity).reversed()))
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
    lines.addAll(ReportAdvice.of(report, worstFirst));
    return String.join("\n", lines);
  }

  String summary() {
    String checked =
        report.elements()
            + (report.elements() == 1 ? " derivative" : " derivatives")
            + ", order "
            + report.order();
    if (report.passed()) {
      return "gradient check passed: " + checked + others();
    }
    CheckedInput worst = worstFirst.get(0);
    return "gradient check failed: "
        + report.failed()
        + " of "
        + checked
        + "; worst is "
        + worst.name()
        + worst.first().map(ReportText::disagreement).map(text -> " " + text).orElse("");
  }

  /** Returns how many derivatives of a passed check are not simply correct. */
  private String others() {
    StringBuilder text = new StringBuilder();
    for (Verdict verdict : Verdict.values()) {
      int count = report.count(verdict);
      if (verdict != Verdict.CORRECT && count > 0) {
        text.append("; ").append(count).append(' ').append(verdict);
      }
    }
    return text.toString();
  }

  /** Returns what was found about one derivative. */
  static String disagreement(CheckedElement element) {
    String found =
        element.place()
            + ": analytic "
            + figure(element.analytic())
            + ", numeric "
            + figure(element.numeric());
    return switch (element.verdict()) {
      case TOO_NOISY ->
          found + ", known only to " + small(element.accuracy()) + ": too noisy to tell";
      case NOT_DIFFERENTIABLE -> found + ": " + element.verdict();
      default ->
          found
              + ", off by "
              + small(element.error())
              + " where "
              + small(element.tolerance())
              + " is allowed";
    };
  }

  private List<String> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    for (CheckedInput input : worstFirst) {
      rows.add(row(input, input.first(), verdicts(input)));
      input.worst().stream()
          .skip(1)
          .filter(element -> element.verdict() != Verdict.CORRECT)
          .forEach(element -> rows.add(row(input, Optional.of(element), words(element))));
    }
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> row(
      CheckedInput input, Optional<CheckedElement> shown, String verdict) {
    return List.of(
        Integer.toString(input.order()),
        input.name(),
        input.shape().toString(),
        shown.map(CheckedElement::place).orElse("-"),
        shown.map(element -> figure(element.analytic())).orElse("-"),
        shown.map(element -> figure(element.numeric())).orElse("-"),
        shown.map(element -> small(element.error())).orElse("-"),
        shown.map(element -> small(element.tolerance())).orElse("-"),
        verdict);
  }

  private static String words(CheckedElement element) {
    return element.verdict() == Verdict.KINK ? "kink: " + slopes(element) : "" + element.verdict();
  }

  private static String slopes(CheckedElement element) {
    return figure(element.left())
        + " to the left, "
        + figure(element.right())
        + " to the right, taken: "
        + element.convention();
  }

  private static String verdicts(CheckedInput input) {
    String failed = input.passed() ? "ok" : "FAILED: " + input.failed() + " of " + input.elements();
    StringBuilder text = new StringBuilder(failed);
    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.CORRECT && input.count(verdict) > 0) {
        text.append(", ").append(input.count(verdict)).append(' ').append(verdict);
      }
    }
    input
        .first()
        .filter(element -> element.verdict() == Verdict.KINK)
        .ifPresent(element -> text.append(": ").append(slopes(element)));
    return text + (input.reached() ? "" : ", no gradient arrived");
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
    boolean directions = report.inputs().stream().anyMatch(input -> input.directions() > 0);
    remarks.add(
        "The derivatives are those of the sum of the outputs times random weights, seed "
            + report.seed()
            + "; with a single output, its own."
            + (directions
                ? " Large inputs were moved along random directions, each element by a normal part"
                    + " of its magnitude."
                : ""));
    remarks.addAll(ReportAdvice.of(report, worstFirst));
    return remarks;
  }

  static String figure(double value) {
    // Without the sign of a zero.
    return String.format(Locale.ROOT, "%.12g", value + 0.0);
  }

  static String small(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
