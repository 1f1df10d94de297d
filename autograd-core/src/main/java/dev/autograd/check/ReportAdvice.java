package dev.autograd.check;

import java.util.ArrayList;
import java.util.List;

/** What a report says about what to do next, a sentence or two per finding. */
final class ReportAdvice {

  private static final String SECOND_ONLY =
      "The derivatives below that order are right: look for pullbacks that use detached or mapped"
          + " values where these depend on the inputs or on g.";

  private final GradientReport report;
  private final List<CheckedInput> worstFirst;
  private final List<String> advice = new ArrayList<>();

  private ReportAdvice(GradientReport report, List<CheckedInput> worstFirst) {
    this.report = report;
    this.worstFirst = worstFirst;
  }

  /** Returns the advice; empty if all derivatives are correct. */
  static List<String> of(GradientReport report, List<CheckedInput> worstFirst) {
    return new ReportAdvice(report, worstFirst).sentences();
  }

  private List<String> sentences() {
    if (report.count(Verdict.WRONG) > 0) {
      wrong();
    }
    if (report.count(Verdict.TOO_NOISY) > 0) {
      advice.add(
          "Derivatives that are too noisy to tell are smaller than what rounding does to differences,"
              + " so that hardly their sign was verified, or differences over longer and shorter steps"
              + " contradict each other. Choose inputs where the function is less flat, or let them"
              + " pass with allowing(TOO_NOISY).");
    }
    if (report.count(Verdict.STOPPED) > 0) {
      advice.add(
          "Stop-gradient: the function moves through what is detached at "
              + String.join(", ", report.stops())
              + ", the analytic derivative leaves that out, and with it they agree. If that is not"
              + " meant, take the detach or noGrad away; failingOn(STOPPED) makes it an error.");
    }
    int order = report.inputs().stream().mapToInt(CheckedInput::order).max().orElse(1);
    if (!report.passed() && order < report.order()) {
      advice.add(
          order + 1 == report.order()
              ? "Order " + report.order() + " was not checked; it rests on those below."
              : "Orders from " + (order + 1) + " on were not checked; they rest on those below.");
    }
    return advice;
  }

  private void wrong() {
    List<CheckedInput> failures =
        worstFirst.stream().filter(input -> input.count(Verdict.WRONG) > 0).toList();
    boolean first = failures.get(0).order() == 1;
    failures.stream()
        .filter(input -> first && !input.reached())
        .forEach(input -> advice.add(notReached(input)));
    for (CheckedInput input : failures) {
      input
          .first()
          .filter(element -> !element.smooth())
          .filter(element -> Double.isFinite(element.left() - element.right()))
          .filter(element -> element.verdict() == Verdict.WRONG)
          .ifPresent(element -> advice.add(kink(input, element)));
    }
    report.blames().forEach(blame -> advice.add("To blame: " + blame + "."));
    if (!report.undissected().isEmpty()) {
      advice.add(
          "The operations could not be checked one by one: "
              + report.undissected()
              + ". Check parts of the function by themselves.");
    } else if (report.blames().isEmpty() && failures.stream().anyMatch(CheckedInput::reached)) {
      advice.add(
          "No recorded operation was found wrong by itself: look at what happens between them, for"
              + " numbers taken out of tensors with item() or map, values kept from other runs, and"
              + " operations that stand at a kink or a tie.");
    }
    if (!first) {
      advice.add(SECOND_ONLY);
    }
  }

  private String notReached(CheckedInput input) {
    return "No gradient arrived at "
        + input.name()
        + ", but the output moves with it: look for "
        + (report.stops().isEmpty()
            ? "detach(), noGrad, map, or numbers taken out of tensors."
            : "what stops gradients at " + String.join(", ", report.stops()) + ".");
  }

  private static String kink(CheckedInput input, CheckedElement element) {
    return "At "
        + input.name()
        + " "
        + element.place()
        + " the function has a kink, with slopes "
        + ReportText.figure(element.left())
        + " to the left and "
        + ReportText.figure(element.right())
        + " to the right; the analytic derivative lies outside of both.";
  }
}
