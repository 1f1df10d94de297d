package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineSearchTest {

  private static boolean never(Extrapolation attempt) {
    return attempt.step() < 0;
  }

  private static final double FIRST = 1 / 128.0;

  /** A function that bends too much for any step. */
  private static double steep(double x) {
    return Math.cbrt(x) + x * x * x;
  }

  private static LineSearch search(
      double deviation,
      List<Double> longer,
      Predicate<Extrapolation> settles,
      DoubleUnaryOperator f) {
    return new LineSearch(
        TestLine.of(f).withDeviation(deviation).withLonger(longer), Precision.DOUBLE, settles);
  }

  private static List<Double> steps(List<Extrapolation> attempts) {
    return attempts.stream().map(Extrapolation::step).toList();
  }

  private static Slope slope(double value, double bound) {
    return new Slope(value, bound, 0);
  }

  private static Extrapolation smooth(double step, double value, double bound, double change) {
    Slope slope = slope(value, bound);
    return new Extrapolation(step, slope, slope, slope, change);
  }

  @Test
  void beginsWithThePrecisionsPartOfTheScale() {
    Line line = TestLine.of(x -> x).withScale(4);
    assertThat(steps(new LineSearch(line, Precision.DOUBLE, attempt -> true).run()))
        .containsExactly(4 / 128.0);
    assertThat(steps(new LineSearch(line, Precision.SINGLE, attempt -> true).run()))
        .containsExactly(4 / 8.0);
  }

  @Test
  void takesLongerStepsWhereRoundingDrownsTheDifference() {
    LineSearch search = search(1e-3, List.of(16.0, 256.0), LineSearchTest::never, x -> x);
    assertThat(steps(search.run())).containsExactly(FIRST, 16 * FIRST, 256 * FIRST);
    assertThat(steps(search.attempts())).containsExactly(FIRST, 16 * FIRST, 256 * FIRST);
  }

  @Test
  void stopsAtTheFirstStepThatSettles() {
    LineSearch search =
        search(1e-3, List.of(16.0, 256.0), attempt -> attempt.step() > FIRST, x -> x);
    assertThat(steps(search.run())).containsExactly(FIRST, 16 * FIRST);
  }

  @Test
  void takesNoLongerStepWhereTheFunctionBendsTooMuch() {
    List<Double> steps =
        steps(search(0, List.of(16.0), LineSearchTest::never, LineSearchTest::steep).run());
    assertThat(steps)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(0, 8).mapToObj(k -> Math.scalb(FIRST, -5 * k)).toList());
  }

  @Test
  void shortensALongerStepThatIsTooWide() {
    // A parabola of the third degree is bent by the longer step only.
    DoubleUnaryOperator f = x -> x + Math.pow(x, 5);
    assertThat(steps(search(1e-6, List.of(512.0), LineSearchTest::never, f).run()))
        .startsWith(FIRST, 512 * FIRST, 16 * FIRST)
        .hasSizeBetween(3, 4);
  }

  @Test
  void takesShorterStepsUntilOneSettles() {
    assertThat(
            steps(
                search(0, List.of(), attempt -> attempt.step() < FIRST / 100, LineSearchTest::steep)
                    .run()))
        .containsExactly(FIRST, FIRST / 32, FIRST / 1024);
  }

  @Test
  void takesShorterStepsAcrossAKinkAndWhereTheFunctionEnds() {
    DoubleUnaryOperator kink = x -> Math.max(x, 1e-3);
    assertThat(
            steps(
                search(1e-12, List.of(), LineSearchTest::never, x -> kink.applyAsDouble(x) - 1e-3)
                    .run()))
        .containsExactly(FIRST, FIRST / 32);
    DoubleUnaryOperator ends = x -> x > -1e-3 ? x : Double.NaN;
    assertThat(steps(search(1e-12, List.of(), LineSearchTest::never, ends).run()))
        .containsExactly(FIRST, FIRST / 32);
  }

  @Test
  void hasOneMoreStepThatMeetsNoneOfTheOthers() {
    LineSearch search =
        search(0, List.of(), attempt -> attempt.step() < FIRST, LineSearchTest::steep);
    search.run();
    assertThat(steps(search.oneMore())).containsExactly(FIRST, FIRST / 32, 0.7 * FIRST / 1024);
    assertThat(search.oneMore()).hasSize(4);
  }

  @Test
  void prefersTheAttemptWithTheLeastBound() {
    Extrapolation first = smooth(1, 2, 0.5, 1);
    Extrapolation second = smooth(2, 2, 0.25, 1);
    Extrapolation third = smooth(4, 2, 0.25, 1);
    assertThat(LineSearch.best(List.of(first, second, third))).isSameAs(second);
  }

  @Test
  void prefersWhatIsSmoothToWhatIsBent() {
    Extrapolation bent = new Extrapolation(1, slope(2, 0), slope(1, 0), slope(3, 0), 1);
    Extrapolation lessBent = new Extrapolation(1, slope(2, 0), slope(1, 0), slope(2, 0), 1);
    Extrapolation smooth = smooth(2, 2, 1.5, 1);
    assertThat(LineSearch.best(List.of(bent, smooth))).isSameAs(smooth);
    assertThat(LineSearch.best(List.of(bent, smooth, lessBent))).isSameAs(lessBent);
  }

  @Test
  void prefersAnySlopeToNone() {
    Extrapolation undefined = new Extrapolation(1, null, null, null, 0);
    Extrapolation right = new Extrapolation(2, null, null, slope(3, 9), 1);
    assertThat(LineSearch.best(List.of(undefined, right))).isSameAs(right);
    assertThat(LineSearch.best(List.of(undefined))).isSameAs(undefined);
  }

  @Test
  void countsStepsOverWhichNothingMovedOnlyIfNoSlopeIsClear() {
    Extrapolation still = smooth(1, 0, 1e-9, 0);
    assertThat(LineSearch.best(List.of(still, smooth(2, 1, 0.09, 1))).change()).isEqualTo(1);
    assertThat(LineSearch.best(List.of(still, smooth(2, -1, 0.09, 1))).change()).isEqualTo(1);
    assertThat(LineSearch.best(List.of(still, smooth(2, 1, 0.1, 1)))).isSameAs(still);
    Extrapolation bent = new Extrapolation(1, slope(2, 0), slope(1, 0), slope(3, 0), 1);
    assertThat(LineSearch.best(List.of(still, bent))).isSameAs(still);
    Extrapolation undefined = new Extrapolation(1, null, null, null, 0);
    assertThat(LineSearch.best(List.of(still, undefined))).isSameAs(still);
  }
}
