package dev.autograd.benchmarks;

import dev.autograd.benchmarks.measure.Comparison;
import dev.autograd.benchmarks.measure.Startup;
import dev.autograd.benchmarks.workload.Case;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The Markdown page: facts of the machine, and a row per workload. */
final class Report {

  private final StringBuilder page = new StringBuilder("# Benchmarks\n\n");
  private boolean table;

  Report(Optional<String> peer) {
    line("Processor: %s, %d available.", processor(), Runtime.getRuntime().availableProcessors());
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    line("Load of the machine when it began: %.1f; above 0.5 figures are rough.", load);
    line("Java: %s, %s.", System.getProperty("java.vm.name"), Runtime.version());
    String flags = System.getenv("BENCH_JVM_FLAGS");
    line("Flags: %s.", flags == null || flags.isBlank() ? "the virtual machine's own" : flags);
    line("Peer: %s.\n", peer.orElse("none"));
    line("Check values were right wherever a time stands. A ratio is the peer's time by ours, of");
    line("rounds in turns: above 1, ours is faster.\n");
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private void line(String format, Object... arguments) {
    page.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private void head() {
    if (!table) {
      line("| workload | dtype | threads | unit | ours | peer | peer / ours | goal |");
      line("|---|---|---|---|---|---|---|---|");
      table = true;
    }
  }

  /** Adds the row of a workload. */
  void add(Comparison result) {
    head();
    Case which = result.which();
    OptionalDouble goal = which.goal(result.threads());
    line(
        "| %s | %s | %d | %s | %s | %s | %s | %s |",
        which.workload(),
        which.dtypeLabel(),
        result.threads(),
        which.metric().label(),
        number(result.ours()),
        number(result.theirs()),
        number(result.ratio()),
        goal.isPresent() ? String.format(Locale.ROOT, "<= %.0f", goal.getAsDouble()) : "-");
  }

  /** Adds the rows of the start of a process. */
  void start(Startup ours, Optional<Startup> peer) {
    head();
    Startup theirs = peer.orElse(new Startup(Double.NaN, Double.NaN, Double.NaN));
    start("ms_to_first_gradient", ours.milliseconds(), theirs.milliseconds(), "<= 150");
    start("mb_of_jars", ours.megabytes(), theirs.megabytes(), "<= 1");
  }

  private void start(String unit, double ours, double theirs, String goal) {
    line(
        "| %s | f32 | 1 | %s | %s | %s | %s | %s |",
        Startup.WORKLOAD, unit, number(ours), number(theirs), number(theirs / ours), goal);
  }

  /** Adds further tables. */
  void append(String markdown) {
    page.append('\n').append(markdown);
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
