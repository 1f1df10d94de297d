package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reports made by hand, to the letter. */
class ReportTextTest {

  private static final double NAN = Double.NaN;

  private static final CheckedElement RIGHT =
      new CheckedElement(List.of(0, 1), -1, Verdict.CORRECT, 2, 2.5, 1, 0.5, 2.5, 2.5);

  private static final CheckedElement WRONG =
      new CheckedElement(List.of(1, 0), -1, Verdict.WRONG, 3, 1, 1e-3, 5e-4, 1, 1);

  private static final CheckedElement BENT =
      new CheckedElement(List.of(1, 1), -1, Verdict.WRONG, 7, 1, 1e-3, 5e-4, -1, 3);

  private static final CheckedElement KINK =
      new CheckedElement(List.of(2), -1, Verdict.KINK, 0, 1, 1e-3, 5e-4, 0, 2);

  private static final CheckedElement ALONG =
      new CheckedElement(List.of(), 2, Verdict.KINK, 0, 1, 1e-3, 5e-4, 0, 2);

  private static final CheckedElement NOISY =
      new CheckedElement(List.of(4), -1, Verdict.TOO_NOISY, 1e-20, -0.0, 2e-3, 1e-3, 0, 0);

  private static final CheckedElement NOWHERE =
      new CheckedElement(List.of(5), -1, Verdict.NOT_DIFFERENTIABLE, 9, NAN, NAN, NAN, NAN, NAN);

  private static final CheckedElement STOPPED =
      new CheckedElement(List.of(3), -1, Verdict.STOPPED, 9, 8, 1e-3, 5e-4, 8, 8);

  private static final Blame BLAME = new Blame("sin", List.of(0, 2), "a.B.c(B.java:7)", 1, WRONG);

  private static final String RANDOM =
      "The derivatives are those of the sum of the outputs times random weights, seed 42; with a"
          + " single output, its own.";

  private static final String TOO_NOISY =
      "Derivatives that are too noisy to tell are smaller than what rounding does to differences,"
          + " so that hardly their sign was verified, or differences over longer and shorter steps"
          + " contradict each other. Choose inputs where the function is less flat, or let them"
          + " pass with allowing(TOO_NOISY).";

  private static final String NOBODY =
      "No recorded operation was found wrong by itself: look at what happens between them, for"
          + " numbers taken out of tensors with item() or map, values kept from other runs, and"
          + " operations that stand at a kink or a tie.";

  private static CheckedInput input(
      int order, String name, boolean reached, int failed, CheckedElement... found) {
    Map<Verdict, Integer> verdicts =
        Stream.of(found).collect(Collectors.toMap(CheckedElement::verdict, e -> 1, Integer::sum));
    Shape shape = Shape.of(2, 3);
    return new CheckedInput(
        order, name, shape, reached, 0, found.length, failed, verdicts, List.of(found));
  }

  private static CheckedInput along(String name, int directions, CheckedElement... found) {
    CheckedInput input = input(1, name, true, 0, found);
    return new CheckedInput(
        1,
        name,
        Shape.of(2000),
        true,
        directions,
        input.elements(),
        0,
        input.verdicts(),
        input.worst());
  }

  private static GradientReport report(int order, List<Blame> blames, CheckedInput... inputs) {
    return new GradientReport(order, 42, List.of(inputs), blames, List.of("a.B.d(B.java:8)"), "");
  }

  private static GradientReport report(CheckedInput... inputs) {
    return report(1, List.of(), inputs);
  }

  private static List<String> advice(GradientReport report) {
    List<String> lines = report.toString().lines().toList();
    return lines.subList(lines.indexOf(RANDOM) + 1, lines.size());
  }

  @Test
  void aReportIsASummaryATableAndRemarks() {
    GradientReport report =
        report(
            1,
            List.of(BLAME),
            input(1, "\"x\"", true, 0, RIGHT),
            input(1, "\"weights\"", true, 2, WRONG, BENT, RIGHT));
    assertThat(report.toString())
        .isEqualTo(
            """
            gradient check failed: 2 of 4 derivatives, order 1; worst is "weights" [1, 0]: \
            analytic 3.00000000000, numeric 1.00000000000, off by 2.0e+00 where 1.0e-03 is allowed

            order  input      shape   at      analytic       numeric        error    allowed
            1      "weights"  [2, 3]  [1, 0]  3.00000000000  1.00000000000  2.0e+00  1.0e-03  \
            FAILED: 2 of 3, 2 wrong
            1      "weights"  [2, 3]  [1, 1]  7.00000000000  1.00000000000  6.0e+00  1.0e-03  wrong
            1      "x"        [2, 3]  [0, 1]  2.00000000000  2.50000000000  5.0e-01  1.0e+00  ok

            The derivatives are those of the sum of the outputs times random weights, seed 42; \
            with a single output, its own.
            To blame: the pullback of 'sin' for operand 0 and 2, called at a.B.c(B.java:7), is \
            wrong: [1, 0]: analytic 3.00000000000, numeric 1.00000000000, off by 2.0e+00 where \
            1.0e-03 is allowed.""");
    assertThat(new ReportText(report).brief())
        .isEqualTo(
            report.summary()
                + "\nTo blame: the pullback of 'sin' for operand 0 and 2, called at"
                + " a.B.c(B.java:7), is wrong: [1, 0]: analytic 3.00000000000, numeric"
                + " 1.00000000000, off by 2.0e+00 where 1.0e-03 is allowed.");
  }

  @Test
  void aSummaryCountsWhatIsNotSimplyCorrect() {
    assertThat(report(input(1, "x", true, 0, RIGHT)).summary())
        .isEqualTo("gradient check passed: 1 derivative, order 1");
    assertThat(
            report(input(1, "x", true, 0, RIGHT, KINK, KINK), input(1, "y", true, 0, STOPPED))
                .summary())
        .isEqualTo("gradient check passed: 4 derivatives, order 1; 2 kink; 1 stop-gradient");
  }

  @Test
  void aSummaryOfAFailureNamesWhatItIs() {
    assertThat(report(input(1, "x", true, 1, NOISY)).summary())
        .isEqualTo(
            "gradient check failed: 1 of 1 derivative, order 1; worst is x [4]: analytic"
                + " 1.00000000000e-20, numeric 0.00000000000, known only to 1.0e-03: too noisy to"
                + " tell");
    assertThat(report(input(1, "x", true, 1, NOWHERE)).summary())
        .endsWith(
            "worst is x [5]: analytic 9.00000000000, numeric NaN: not differentiable or not"
                + " finite here");
    assertThat(report(input(1, "x", true, 1)).summary()).endsWith("; worst is x");
  }

  @Test
  void theWorstInputThatFailedComesFirst() {
    assertThat(
            report(
                    input(1, "passed", true, 0, STOPPED),
                    input(1, "bad", true, 1, WRONG),
                    input(1, "worst", true, 1, BENT))
                .toString()
                .lines()
                .skip(3)
                .limit(3)
                .map(line -> line.replaceAll("^1 +(\\w+) .*", "$1")))
        .containsExactly("worst", "bad", "passed");
  }

  @Test
  void aRowOfKinksShowsTheSlopes() {
    List<String> lines =
        report(input(1, "x", true, 0, KINK, KINK, RIGHT)).toString().lines().toList();
    assertThat(lines.get(3))
        .endsWith("ok, 2 kink: 0.00000000000 to the left, 2.00000000000 to the right, taken: left");
    assertThat(lines.get(4))
        .endsWith("  kink: 0.00000000000 to the left, 2.00000000000 to the right, taken: left");
    assertThat(lines.get(5)).isEmpty();
  }

  @Test
  void aRowTellsIfNoGradientArrivedOrNothingWasChecked() {
    List<String> lines = report(input(1, "x", false, 0)).toString().lines().toList();
    assertThat(lines.get(3)).matches("1 +x +\\[2, 3] +- +- +- +- +- +ok, no gradient arrived");
  }

  @Test
  void directionsAreNumberedAndExplained() {
    List<String> lines =
        report(along("x", 1, ALONG), along("y", 0, RIGHT)).toString().lines().toList();
    assertThat(lines.get(3)).contains("  direction 2  ");
    assertThat(lines.get(4)).contains("  [0, 1]       ");
    assertThat(lines.get(6))
        .isEqualTo(
            RANDOM
                + " Large inputs were moved along random directions, each element by a normal part"
                + " of its magnitude.");
  }

  @Test
  void adviceIsGivenOnEachVerdict() {
    assertThat(advice(report(input(1, "x", true, 0, RIGHT, KINK, NOWHERE)))).isEmpty();
    assertThat(advice(report(input(1, "x", true, 0, NOISY)))).containsExactly(TOO_NOISY);
    assertThat(advice(report(input(1, "x", true, 0, STOPPED))))
        .containsExactly(
            "Stop-gradient: the function moves through what is detached at a.B.d(B.java:8), the"
                + " analytic derivative leaves that out, and with it they agree. If that is not"
                + " meant, take the detach or noGrad away; failingOn(STOPPED) makes it an error.");
  }

  @Test
  void ordersThatWereNotCheckedAreNamed() {
    assertThat(advice(report(2, List.of(), input(1, "x", true, 1, NOISY))))
        .containsExactly(TOO_NOISY, "Order 2 was not checked; it rests on those below.");
    assertThat(advice(report(4, List.of(), input(1, "x", true, 1, NOISY))))
        .containsExactly(TOO_NOISY, "Orders from 2 on were not checked; they rest on those below.");
    assertThat(advice(report(2, List.of(), input(2, "x", true, 1, NOISY))))
        .containsExactly(TOO_NOISY);
    assertThat(advice(report(2, List.of(), input(1, "x", true, 0, NOISY))))
        .containsExactly(TOO_NOISY);
  }

  @Test
  void aWrongInputThatNoGradientReachesIsNamedWithTheStops() {
    CheckedInput lost = input(1, "x", false, 1, WRONG);
    assertThat(advice(report(lost)))
        .containsExactly(
            "No gradient arrived at x, but the output moves with it: look for what stops gradients"
                + " at a.B.d(B.java:8).");
    assertThat(advice(new GradientReport(1, 42, List.of(lost), List.of(), List.of(), "")))
        .containsExactly(
            "No gradient arrived at x, but the output moves with it: look for detach(), noGrad,"
                + " map, or numbers taken out of tensors.");
    assertThat(advice(report(lost, input(1, "y", true, 1, WRONG)))).hasSize(2).contains(NOBODY);
    assertThat(advice(report(input(1, "x", false, 0, RIGHT), input(1, "y", true, 1, WRONG))))
        .containsExactly(NOBODY);
  }

  @Test
  void aWrongSlopeAtAKinkIsShownBesideBothSlopes() {
    assertThat(advice(report(input(1, "x", true, 1, BENT))))
        .containsExactly(
            "At x [1, 1] the function has a kink, with slopes -1.00000000000 to the left and"
                + " 3.00000000000 to the right; the analytic derivative lies outside of both.",
            NOBODY);
    CheckedElement border =
        new CheckedElement(List.of(0), -1, Verdict.WRONG, 7, 1, 1e-3, 5e-4, NAN, 3);
    assertThat(advice(report(input(1, "x", true, 1, border)))).containsExactly(NOBODY);
    assertThat(advice(report(input(1, "x", true, 1, KINK, WRONG)))).containsExactly(NOBODY);
  }

  @Test
  void wrongDerivativesOfHigherOrderHaveReasonsOfTheirOwn() {
    assertThat(
            advice(
                report(
                    2, List.of(), input(1, "x", false, 0, RIGHT), input(2, "y", false, 1, WRONG))))
        .containsExactly(
            "The derivatives below that order are right: look for pullbacks that use detached or"
                + " mapped values where these depend on the inputs or on g.");
    assertThat(new Blame("sin", List.of(1), "a", 2, WRONG).toString())
        .startsWith(
            "a derivative of the pullback of 'sin' for operand 1, called at a, is wrong: [1");
  }

  @Test
  void figuresHaveTwelveDigitsAndNoNegativeZero() {
    assertThat(ReportText.figure(Math.PI)).isEqualTo("3.14159265359");
    assertThat(ReportText.figure(-0.0)).isEqualTo("0.00000000000");
    assertThat(ReportText.small(Math.PI)).isEqualTo("3.1e+00");
  }

  @Test
  void jsonTellsEverything() {
    CheckedElement nowhere =
        new CheckedElement(
            List.of(5), -1, Verdict.NOT_DIFFERENTIABLE, 9, NAN, Double.POSITIVE_INFINITY, 7, 1, 2);
    GradientReport report =
        new GradientReport(
            3,
            -7,
            List.of(input(2, "\"x\\\n\"", true, 1, WRONG, nowhere)),
            List.of(BLAME),
            List.of("s", "t"),
            "nothing");
    String wrong =
        "{\"index\":[1,0],\"direction\":-1,\"verdict\":\"WRONG\",\"analytic\":3.0,\"numeric\":1.0,\"error\":2.0,"
            + "\"tolerance\":0.001,\"accuracy\":5.0E-4,\"left\":1.0,\"right\":1.0}";
    assertThat(report.toJson())
        .startsWith("{\"passed\":false,\"summary\":\"gradient check failed: 1 of 2 derivatives")
        .endsWith(
            ",\"order\":3,\"seed\":-7,\"elements\":2,\"failed\":1,\"inputs\":[{\"order\":2,"
                + "\"name\":\"\\\"x\\\\\\u000a\\\"\",\"shape\":[2,3],\"reached\":true,"
                + "\"directions\":0,\"elements\":2,\"failed\":1,"
                + "\"verdicts\":{\"WRONG\":1,\"NOT_DIFFERENTIABLE\":1},\"worst\":["
                + wrong
                + ",{\"index\":[5],\"direction\":-1,\"verdict\":\"NOT_DIFFERENTIABLE\",\"analytic\":9.0,"
                + "\"numeric\":\"NaN\",\"error\":\"Infinity\",\"tolerance\":\"Infinity\","
                + "\"accuracy\":7.0,\"left\":1.0,\"right\":2.0}]}],"
                + "\"blames\":[{\"op\":\"sin\",\"operands\":[0,2],"
                + "\"source\":\"a.B.c(B.java:7)\",\"order\":1,\"element\":"
                + wrong
                + "}],\"stops\":[\"s\",\"t\"],\"undissected\":\"nothing\"}");
  }
}
