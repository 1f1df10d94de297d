package dev.autograd.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.benchmarks.measure.Comparison.Effort;
import dev.autograd.benchmarks.workload.Case;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real processes, for moments. */
class ComparisonTest {

  private static final Effort SHORT = new Effort(2, 0.01, 0.01, 10);

  @Test
  void ratiosAreRoundByRound() {
    assertThat(Comparison.ratios(List.of(6.0, 8.0), List.of(3.0, 2.0))).containsExactly(2.0, 4.0);
  }

  @Test
  void everyContenderHasAFigure() throws IOException {
    Jvm jvm = Jvm.current();
    Contender one = Contender.of(jvm, BackEnd.SCALAR);
    Contender other = Contender.of(jvm, jvm.best());
    List<Figure> figures =
        Comparison.run(List.of(one, other), Optional.empty(), Case.W1B4_F64, 1, SHORT);
    assertThat(figures).extracting(Figure::contender).containsExactly(one, other);
    assertThat(figures).allMatch(Figure::valid).allMatch(figure -> figure.ours() > 0);
    assertThat(figures).extracting(Figure::theirs).containsOnly(Double.NaN);
  }

  @Test
  void aPeerIsTimedInTheSameRounds() throws IOException {
    Contender contender = Contender.of(Jvm.current(), BackEnd.SCALAR);
    Figure figure =
        Comparison.run(List.of(contender), Optional.of(contender), Case.W1B4_F64, 1, SHORT).get(0);
    assertThat(figure.theirs()).isPositive();
    assertThat(figure.ratio()).isPositive();
  }

  @Test
  void aFallBackHasNoFigure() throws IOException {
    // The last of two equal options counts, so that the process is not what it is taken for.
    Contender wrong =
        Contender.of(Jvm.current(), BackEnd.VECTOR).with(List.of("-Dautograd.backend=scalar"));
    Figure figure =
        Comparison.run(List.of(wrong), Optional.empty(), Case.W1B4_F64, 1, SHORT).get(0);
    assertThat(figure.valid()).isFalse();
    assertThat(figure.ours()).isNaN();
    assertThat(figure.problem()).hasValue("vector was asked for, and \"plain\" is in use");
  }

  @Test
  void aCrashHasNoFigureAndSaysWhy() throws IOException {
    Contender none =
        Contender.of(Jvm.current(), BackEnd.SCALAR).with(List.of("-XX:NoSuchOption=1"));
    Figure figure = Comparison.run(List.of(none), Optional.empty(), Case.W1B4_F64, 1, SHORT).get(0);
    assertThat(figure.problem().orElse("")).contains("NoSuchOption");
  }
}
