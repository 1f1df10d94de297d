package dev.autograd.benchmarks;

import dev.autograd.benchmarks.measure.Contender;
import dev.autograd.benchmarks.measure.Figure;
import dev.autograd.benchmarks.measure.SameBits;
import dev.autograd.benchmarks.micro.Microbenchmarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The Markdown page: how it was measured, a row per figure, and what they are made of. */
final class Report {

  private static final String NOTHING = "-";

  private final String introduction;
  private final List<Figure> figures = new ArrayList<>();
  private final List<SameBits> bits = new ArrayList<>();
  private final List<Microbenchmarks> micro = new ArrayList<>();

  Report(String introduction) {
    this.introduction = introduction;
  }

  void add(Figure figure) {
    figures.add(figure);
  }

  void add(SameBits result) {
    bits.add(result);
  }

  void add(Microbenchmarks result) {
    micro.add(result);
  }

  /** Returns whether everything was measured as asked, with right results. */
  boolean valid() {
    return figures.stream().allMatch(Figure::valid)
        && bits.stream().allMatch(SameBits::valid)
        && micro.stream().allMatch(result -> result.problem().isEmpty());
  }

  @Override
  public String toString() {
    StringBuilder page = new StringBuilder(introduction);
    if (!figures.isEmpty()) {
      page.append("\n## Figures\n\n");
      page.append(
          """
          | workload | dtype | threads | Java | back end | unit | ours | peer | peer / ours | goal |
          |---|---|---|---|---|---|---|---|---|---|
          """);
      figures.forEach(figure -> page.append(row(figure)));
    }
    if (!bits.isEmpty()) {
      page.append("\n## The same bits\n\n");
      page.append("Hashes of all weights after 200 steps of W2, f32.\n\n");
      page.append("| Java | back end | threads | runs of each | hash |\n|---|---|---|---|---|\n");
      bits.forEach(result -> page.append(row(result)));
    }
    for (Microbenchmarks result : micro) {
      Contender contender = result.contender();
      page.append(
          line("\n## Kernels: Java %s, %s\n", contender.jvm().version(), contender.label()));
      page.append(result.problem().map(problem -> error(problem) + "\n").orElse(result.tables()));
    }
    return page.toString();
  }

  private static String row(Figure figure) {
    Contender contender = figure.contender();
    return line(
        "| %s | %s | %d | %s | %s | %s | %s | %s | %s | %s |",
        figure.workload(),
        figure.dtype(),
        figure.threads(),
        contender.jvm().version(),
        contender.label(),
        figure.unit(),
        figure.problem().map(Report::error).orElse(number(figure.ours())),
        number(figure.theirs()),
        number(figure.ratio()),
        goal(figure));
  }

  private static String goal(Figure figure) {
    if (figure.goal().isEmpty()) {
      return NOTHING;
    }
    String goal = String.format(Locale.ROOT, "<= %.0f", figure.goal().getAsDouble());
    return figure.missed() ? goal + ", **missed**" : goal;
  }

  private static String row(SameBits result) {
    Contender contender = result.contender();
    Optional<String> error = result.problem().map(Report::error);
    String hashes = String.join(", ", result.hashes());
    return line(
        "| %s | %s | %s | %d | %s |",
        contender.jvm().version(),
        contender.label(),
        SameBits.THREADS.stream().map(String::valueOf).collect(Collectors.joining(", ")),
        result.runs(),
        error.orElse(result.valid() ? hashes : "**differ**: " + hashes));
  }

  private static String error(String problem) {
    return "**error**: " + problem.replace("|", "\\|");
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments) + "\n";
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return NOTHING;
    }
    int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
