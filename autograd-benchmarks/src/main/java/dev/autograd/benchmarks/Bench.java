package dev.autograd.benchmarks;

import dev.autograd.benchmarks.measure.Comparison;
import dev.autograd.benchmarks.measure.Startup;
import dev.autograd.benchmarks.micro.Microbenchmarks;
import dev.autograd.benchmarks.workload.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Everything, into one Markdown file: the workloads beside the peer, the start of a process, the
 * micro-benchmarks. The script {@code bench} builds, and calls this.
 *
 * <p>Options: {@code --quick} measures shortly, and leaves out the longest chain; {@code --only W}
 * runs the workloads whose names begin so, and no micro-benchmarks; {@code --no-peer} measures this
 * library alone.
 */
public final class Bench {

  private static final String ENGINE = "autograd";
  private static final String PEER = "pytorch-djl";

  private Bench() {}

  /** Arguments: the file to write, and options. */
  public static void main(String[] args) throws IOException, RunnerException {
    List<String> options = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
    boolean quick = options.remove("--quick");
    Optional<String> peer = options.remove("--no-peer") ? Optional.empty() : Optional.of(PEER);
    String only = only(options);
    if (!options.isEmpty()) {
      System.err.println("Usage: bench [--quick] [--no-peer] [--only W]");
      System.exit(2);
    }
    Report report = new Report(peer);
    boolean right = true;
    Comparison.Effort effort =
        quick ? new Comparison.Effort(3, 0.2, 1, 30) : new Comparison.Effort(9, 0.5, 5, 120);
    for (Case which : cases(only)) {
      if (quick && which == Case.W4_D1000000 && only.isEmpty()) {
        continue; // a step of the peer takes a minute
      }
      for (int threads = 1; threads <= (which.scales() ? 2 : 1); threads++) {
        Comparison result = Comparison.run(ENGINE, peer, which, threads, effort);
        report.add(result);
        right &= result.valid();
      }
    }
    if (only.isEmpty() || only.equals(Startup.WORKLOAD)) {
      int rounds = quick ? 3 : 11;
      Startup ours = Startup.run(ENGINE, rounds);
      right &= ours.valid();
      report.start(
          ours, peer.isPresent() ? Optional.of(Startup.run(PEER, rounds)) : Optional.empty());
    }
    if (only.isEmpty()) {
      report.append(Microbenchmarks.tables(quick));
    }
    Path file = Path.of(args[0]);
    Files.writeString(file, report.toString());
    System.out.println("Written: " + file);
    System.exit(right ? 0 : 1);
  }

  private static List<Case> cases(String only) {
    if (only.equals(Startup.WORKLOAD)) {
      return List.of();
    }
    return Case.matching(only.isEmpty() ? "all" : only);
  }

  private static String only(List<String> options) {
    int at = options.indexOf("--only");
    if (at < 0 || at + 1 >= options.size()) {
      return "";
    }
    options.remove(at);
    return options.remove(at);
  }
}
