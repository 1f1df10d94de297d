package dev.autograd.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.check.GradientCheck;
import dev.autograd.testkit.BugFamily;
import dev.autograd.testkit.PlantedBug;
import dev.autograd.testkit.PlantedBugs;
import dev.autograd.testkit.RightGradient;
import dev.autograd.testkit.RightGradients;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page that scores checkers of gradients on the corpus of planted bugs. */
class GradientCheckScorePageTest {

  private static final String HEAD =
      """
      # Gradient checkers on a corpus of planted bugs

      The module `autograd-testkit` holds %d wrong derivatives of the kinds people write, each beside the same function with the
      right one (`PlantedBugs`), and %d right derivatives that are easily taken for wrong ones (`RightGradients`). This page says
      what checkers make of them.

      The column `ours` is `GradientCheck` with its defaults. **The other columns are no runs of those frameworks.** They are
      their published rules, implemented again as plain comparisons in this project's tests, and applied to the same functions:

      - PyTorch, `gradcheck` and `gradgradcheck`: central differences of every output by every input, step 1e-6, within
        1e-5 plus 1e-3 of the difference; two sweeps must agree, and an upstream gradient of 0 must give 0.
      - JAX, `check_grads` in reverse mode: one central difference along one random direction, step 1e-4, projected on one
        random upstream gradient, within 1e-5 plus 1e-5 of the difference.
      - DL4J, `GradientCheckUtil`: central differences of a score by every parameter, step 1e-6, relative error below 1e-3 or
        absolute error below 1e-8; the score is the sum of the outputs with random weights. It has no second order.

      Those rules serve inputs near 1, and for them their authors chose the steps; `scales` and `saturation` go beyond that on
      purpose. A checker that rejects everything catches every bug, so a bug counts as *found* if it is rejected and its twin is
      not.
      """;

  private static final String RIGHT =
      """

      ## Right gradients

      What checkers make of right gradients. `refused` says that a checker did not judge, since the function has no value on one
      side; that is no rejection. A stopped gradient is right by definition and not the slope, so differences reject it
      unless the stopped part is held constant.

      """;

  private static final String OURS = "ours";

  private static final String PASSED = "passed";

  private static final String REJECTED = "**rejected**";

  /** What one checker makes of one bug and of its twin. */
  private record Finding(boolean caught, boolean twinPassed) {

    boolean found() {
      return caught && twinPassed;
    }

    String text() {
      if (found()) {
        return "found";
      }
      if (twinPassed) {
        return "**missed**";
      }
      return caught ? "**twin rejected**" : "**missed**, **twin rejected**";
    }
  }

  private final Map<PlantedBug, Map<String, Finding>> findings = findings();

  private final Map<RightGradient, Map<String, String>> verdicts = verdicts();

  private static Map<PlantedBug, Map<String, Finding>> findings() {
    Map<PlantedBug, Map<String, Finding>> findings = new LinkedHashMap<>();
    for (PlantedBug bug : PlantedBugs.all()) {
      Map<String, Finding> row = new LinkedHashMap<>();
      row.put(
          OURS,
          new Finding(
              !passed(bug.wrong().get(), bug.at(), bug.order()),
              passed(bug.right().get(), bug.at(), bug.order())));
      for (PeerRule rule : PeerRule.values()) {
        row.put(
            rule.title(),
            new Finding(
                !accepts(rule, bug.wrong().get(), bug.at(), bug.order()),
                accepts(rule, bug.right().get(), bug.at(), bug.order())));
      }
      findings.put(bug, row);
    }
    return findings;
  }

  /** Returns whether our check passes; a function it refuses does not. */
  private static boolean passed(Function<List<Tensor>, Tensor> f, List<Tensor> at, int order) {
    try {
      return GradientCheck.ofList(f).at(at).order(order).check().passed();
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /** Returns a rule's verdict, which must not hang on the last digits. */
  private static boolean accepts(
      PeerRule rule, Function<List<Tensor>, Tensor> f, List<Tensor> at, int order) {
    double excess = rule.excess(f, at, order);
    assertThat(Math.abs(excess - 1))
        .as("%s is at the border of its rule, %s: other inputs are wanted", rule, excess)
        .satisfiesAnyOf(d -> assertThat(d).isGreaterThan(1e-3), d -> assertThat(d).isNaN());
    return excess <= 1;
  }

  @Test
  void page() {
    StringBuilder page = new StringBuilder();
    page.append(HEAD.formatted(PlantedBugs.all().size(), RightGradients.all().size()));
    page.append(totals());
    for (BugFamily family : BugFamily.values()) {
      page.append(family(family));
    }
    page.append(rightGradients());
    GeneratedPage.of("gradient-check-score.md").assertIs(page.toString());
  }

  private static List<String> checkers() {
    List<String> names = new ArrayList<>(List.of(OURS));
    for (PeerRule rule : PeerRule.values()) {
      names.add(rule.title());
    }
    return names;
  }

  private static String head(String first) {
    long columns = first.chars().filter(c -> c == '|').count() + 1 + checkers().size();
    return row(first, name -> name) + "|" + "---|".repeat((int) columns) + "\n";
  }

  private static String row(String first, Function<String, ?> cell) {
    String cells =
        checkers().stream().map(cell).map(Object::toString).collect(Collectors.joining(" | "));
    return "| " + first + " | " + cells + " |\n";
  }

  private long count(String checker, Predicate<PlantedBug> which, Predicate<Finding> what) {
    return findings.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .map(entry -> finding(entry.getKey(), checker))
        .filter(what)
        .count();
  }

  private Finding finding(PlantedBug bug, String checker) {
    return Objects.requireNonNull(Objects.requireNonNull(findings.get(bug)).get(checker));
  }

  private String totals() {
    StringBuilder text = new StringBuilder("\n## Totals\n\n").append(head("bugs found"));
    for (BugFamily family : BugFamily.values()) {
      int bugs = PlantedBugs.of(family).size();
      text.append(
          row(
              "%s: %d".formatted(family.title(), bugs),
              name -> count(name, bug -> bug.family() == family, Finding::found)));
    }
    int all = findings.size();
    text.append(
        row(
            "**found, of %d**".formatted(all),
            name -> "**" + count(name, bug -> true, Finding::found) + "**"));
    text.append(row("bugs rejected", name -> count(name, bug -> true, Finding::caught)));
    text.append(row("twins rejected", name -> all - count(name, bug -> true, Finding::twinPassed)));
    text.append(row("right gradients rejected, of %d".formatted(verdicts.size()), this::rejected));
    return text.toString();
  }

  private long rejected(String checker) {
    return verdicts.values().stream().filter(row -> REJECTED.equals(row.get(checker))).count();
  }

  private String family(BugFamily family) {
    StringBuilder text = new StringBuilder("\n## Bugs: " + family.title() + "\n\n");
    text.append(head("bug | the mistake: it"));
    for (PlantedBug bug : findings.keySet()) {
      if (bug.family() == family) {
        text.append(row(bug.name() + " | " + bug.mistake(), name -> finding(bug, name).text()));
      }
    }
    return text.toString();
  }

  private String rightGradients() {
    StringBuilder text = new StringBuilder(RIGHT);
    text.append(head("right gradient | trap | why it is right: it"));
    verdicts.forEach(
        (right, row) ->
            text.append(
                row(
                    right.name() + " | " + right.trap().title() + " | " + right.reason(),
                    name -> Objects.requireNonNull(row.get(name)))));
    return text.toString();
  }

  private static Map<RightGradient, Map<String, String>> verdicts() {
    Map<RightGradient, Map<String, String>> verdicts = new LinkedHashMap<>();
    for (RightGradient right : RightGradients.all()) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put(OURS, verdict(right));
      for (PeerRule rule : PeerRule.values()) {
        boolean passed = accepts(rule, right.function(), right.at(), right.order());
        row.put(rule.title(), passed ? PASSED : REJECTED);
      }
      verdicts.put(right, row);
    }
    return verdicts;
  }

  private static String verdict(RightGradient right) {
    try {
      GradientCheck check = GradientCheck.ofList(right.function());
      boolean passed = check.at(right.at()).order(right.order()).check().passed();
      return passed ? PASSED : REJECTED;
    } catch (IllegalArgumentException e) {
      return "refused";
    }
  }
}
