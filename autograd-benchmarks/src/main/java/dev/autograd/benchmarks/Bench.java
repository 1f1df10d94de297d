package dev.autograd.benchmarks;

import dev.autograd.benchmarks.measure.BackEnd;
import dev.autograd.benchmarks.measure.Comparison;
import dev.autograd.benchmarks.measure.Comparison.Effort;
import dev.autograd.benchmarks.measure.Contender;
import dev.autograd.benchmarks.measure.Figure;
import dev.autograd.benchmarks.measure.Jvm;
import dev.autograd.benchmarks.measure.Memory;
import dev.autograd.benchmarks.measure.SameBits;
import dev.autograd.benchmarks.measure.Startup;
import dev.autograd.benchmarks.micro.Microbenchmarks;
import dev.autograd.benchmarks.workload.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Everything, into one Markdown page: the workloads beside the peer, the start of a process, its
 * memory, whether bits repeat, and the micro-benchmarks. The script {@code bench} builds, and calls
 * this.
 */
@Command(
    name = "bench",
    header = "Measures this library beside PyTorch, and writes a page of figures.",
    footer = {
      "",
      "Status 1 means that a check value was wrong, a back end was not in use, or bits differed."
    })
public final class Bench implements Callable<Integer> {

  private static final int MOST_THREADS = 2;
  private static final int RUNS = 5;

  @Spec private CommandSpec spec = CommandSpec.create();

  @SuppressWarnings("UnusedVariable") // picocli's
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this text.")
  private boolean help;

  @Option(names = "--quick", description = "Short rounds, which tell nothing of speed.")
  private boolean quick;

  @Option(names = "--no-peer", description = "Without PyTorch.")
  private boolean noPeer;

  @Option(
      names = "--backend",
      paramLabel = "B",
      split = ",",
      description =
          "What this library computes with: scalar, vector, native, or several of them (default:"
              + " vector, or scalar where the Java installation has no vectors).")
  private List<BackEnd> backEnds = List.of();

  @Option(
      names = "--java",
      paramLabel = "HOME",
      split = ",",
      description =
          "The Java installations that run this library (default: the one that runs this, which"
              + " always runs the peer).")
  private List<Path> homes = List.of();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description =
          "What to measure, by the beginnings of names: W1b4, W1b64, W2, W3, W4d1000, W4d100000,"
              + " W4d1000000, W5, W6, W7, memory, bits, micro (default: all).")
  private List<String> only = List.of();

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "The page, under the root of the project (default: ${DEFAULT-VALUE}).")
  private Path page = Path.of("autograd-benchmarks", "target", "bench.md");

  /** Arguments: options; {@code --help} lists them. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** Returns the command, ready to be executed. */
  static CommandLine commandLine() {
    return new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    Jvm own = Jvm.current();
    List<Contender> ours = contenders(own);
    Optional<Contender> peer = noPeer ? Optional.empty() : Optional.of(Contender.peer(own));
    Report report = new Report(Introduction.text(quick, ours, peer));
    for (Figure figure : figures(ours, peer)) {
      report.add(figure);
    }
    write(report); // and again, so that a failure later loses nothing
    if (wants(SameBits.NAME)) {
      for (Contender contender : ours) {
        report.add(SameBits.run(contender, quick ? 1 : RUNS));
      }
    }
    if (wants(Microbenchmarks.NAME)) {
      Set<Jvm> seen = new HashSet<>();
      for (Contender contender : ours) {
        report.add(Microbenchmarks.run(contender, quick, seen.add(contender.jvm())));
      }
    }
    write(report);
    return report.valid() ? 0 : 1;
  }

  private void write(Report report) throws IOException {
    Files.writeString(page, report.toString());
    System.out.println("Written: " + page);
  }

  /** Refuses what would be noticed half an hour later. */
  private void check() {
    for (String name : only) {
      if (names().noneMatch(known -> known.startsWith(name))) {
        throw new ParameterException(
            spec.commandLine(),
            "--only: there is no \""
                + name
                + "\"; there are "
                + String.join(", ", names().distinct().toList()));
      }
    }
    Path folder = page.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new ParameterException(
          spec.commandLine(), "--page: there is no directory for " + page + "; create it first");
    }
  }

  private static Stream<String> names() {
    return Stream.concat(
        Stream.of(Case.values()).map(Case::workload),
        Stream.of(Startup.WORKLOAD, Memory.NAME, SameBits.NAME, Microbenchmarks.NAME));
  }

  /** Returns whether a whole name, or else the beginning of several, is this one's. */
  static boolean selects(String asked, String name) {
    boolean whole = names().anyMatch(asked::equals);
    return whole ? name.equals(asked) : name.startsWith(asked);
  }

  private boolean wants(String name) {
    return only.isEmpty() || only.stream().anyMatch(asked -> selects(asked, name));
  }

  private List<Contender> contenders(Jvm own) throws IOException {
    List<Jvm> jvms = new ArrayList<>();
    for (Path home : homes) {
      try {
        jvms.add(Jvm.at(home));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--java: " + e.getMessage(), e);
      }
    }
    if (jvms.isEmpty()) {
      jvms.add(own);
    }
    List<Contender> contenders = new ArrayList<>();
    for (Jvm jvm : jvms) {
      for (BackEnd backEnd : backEnds.isEmpty() ? List.of(jvm.best()) : backEnds) {
        contenders.add(Contender.of(jvm, backEnd));
      }
    }
    return contenders;
  }

  private List<Figure> figures(List<Contender> ours, Optional<Contender> peer) throws IOException {
    Effort effort = quick ? new Effort(3, 0.2, 0.5, 10) : new Effort(7, 0.5, 2, 45);
    List<Figure> figures = new ArrayList<>();
    for (Case which : Case.values()) {
      // A step of the peer takes a minute.
      boolean skipped = quick && which == Case.W4_D1000000 && only.isEmpty();
      if (!wants(which.workload()) || skipped) {
        continue;
      }
      for (int threads = 1; threads <= (which.scales() ? MOST_THREADS : 1); threads++) {
        figures.addAll(Comparison.run(ours, peer, which, threads, effort));
      }
    }
    if (wants(Startup.WORKLOAD)) {
      figures.addAll(Startup.run(ours, peer, quick ? 3 : 11));
    }
    if (wants(Memory.NAME)) {
      figures.addAll(Memory.run(ours, peer));
    }
    return figures;
  }
}
