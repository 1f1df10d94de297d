package dev.autograd.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.benchmarks.measure.BackEnd;
import dev.autograd.benchmarks.measure.Contender;
import dev.autograd.benchmarks.measure.Figure;
import dev.autograd.benchmarks.measure.Jvm;
import dev.autograd.benchmarks.measure.SameBits;
import dev.autograd.benchmarks.micro.Microbenchmarks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Contender VECTOR =
      Contender.of(new Jvm(Path.of("home"), "25.0.3", true), BackEnd.VECTOR);

  private final Report report = new Report("# Benchmarks\n");

  private static Figure figure(double ours, OptionalDouble goal, Optional<String> problem) {
    return new Figure("W2", "f32", 2, VECTOR, "us_per_step", ours, 900, 900 / ours, goal, problem);
  }

  @Test
  void aFigureIsARow() {
    report.add(figure(300, OptionalDouble.of(400), Optional.empty()));
    assertThat(report)
        .hasToString(
            """
            # Benchmarks

            ## Figures

            | workload | dtype | threads | Java | back end | unit | ours | peer | peer / ours | goal |
            |---|---|---|---|---|---|---|---|---|---|
            | W2 | f32 | 2 | 25.0.3 | vector | us_per_step | 300 | 900 | 3.00 | <= 400 |
            """);
    assertThat(report.valid()).isTrue();
  }

  @Test
  void aGoalThatIsMissedIsMarkedAndNoError() {
    report.add(figure(450, OptionalDouble.of(400), Optional.empty()));
    assertThat(report.toString()).contains("| 450 | 900 | 2.00 | <= 400, **missed** |\n");
    assertThat(report.valid()).isTrue();
  }

  @Test
  void aProblemStandsInsteadOfATime() {
    report.add(figure(Double.NaN, OptionalDouble.of(400), Optional.of("a|b")));
    assertThat(report.toString()).contains("| **error**: a\\|b | 900 | - | <= 400 |\n");
    assertThat(report.valid()).isFalse();
  }

  @Test
  void withoutGoalOrPeerThereIsADash() {
    Figure alone =
        new Figure(
            "W5",
            "f64",
            1,
            VECTOR,
            "ms_per_grad",
            12.34,
            Double.NaN,
            Double.NaN,
            OptionalDouble.empty(),
            Optional.empty());
    report.add(alone);
    assertThat(report.toString()).contains("| ms_per_grad | 12.3 | - | - | - |\n");
  }

  @Test
  void hashesThatDifferAreAnError() {
    report.add(new SameBits(VECTOR, 5, List.of("ab12"), Optional.empty()));
    assertThat(report.toString()).contains("| 25.0.3 | vector | 1, 2, 4 | 5 | ab12 |\n");
    assertThat(report.valid()).isTrue();
    report.add(new SameBits(VECTOR, 5, List.of("ab12", "cd34"), Optional.empty()));
    assertThat(report.toString()).contains("| **differ**: ab12, cd34 |\n");
    assertThat(report.valid()).isFalse();
  }

  @Test
  void kernelsFollowUnderTheirOwnHead() {
    report.add(new Microbenchmarks(VECTOR, "| table |\n", Optional.empty()));
    assertThat(report.toString()).endsWith("\n## Kernels: Java 25.0.3, vector\n\n| table |\n");
    assertThat(report.valid()).isTrue();
    report.add(new Microbenchmarks(VECTOR, "", Optional.of("status 1")));
    assertThat(report.toString()).endsWith("\n\n**error**: status 1\n");
    assertThat(report.valid()).isFalse();
  }
}
