package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Engine;
import dev.autograd.benchmarks.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One engine on one workload in a process of its own, that does nothing until it is asked: each
 * line it reads is a number of seconds, and each answer the time of a step measured for so long. So
 * several of them can take turns, and a crash of one is not the others'.
 */
public final class Worker {

  /** The beginning of the line with the back ends in use. */
  static final String USES = "USES,";

  /** The line that follows right check values. */
  static final String READY = "READY";

  /** The beginning of an answer. */
  static final String ANSWER = "ANSWER,";

  /** The question for the most megabytes resident so far. */
  static final String MEMORY = "memory";

  private Worker() {}

  /** Arguments: engine, case, threads. */
  public static void main(String[] args) throws IOException {
    Engine engine = Engine.named(args[0]);
    Case which = Case.valueOf(args[1]);
    int threads = Integer.parseInt(args[2]);
    engine.threads(threads);
    PrintStream out = System.out;
    out.println(USES + engine.backEnd());
    Optional<Workload> opened = Checked.open(engine, which, threads, out);
    if (opened.isEmpty()) {
      System.exit(1);
    }
    out.println(READY);
    try (Workload workload = opened.orElseThrow();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        double answer =
            line.equals(MEMORY)
                ? megabytes(Path.of("/proc/self/status"))
                : Timing.round(which, workload, Double.parseDouble(line));
        out.println(ANSWER + answer);
      }
    }
  }

  /** Returns the high-water mark of resident memory that Linux reports in a file; NaN elsewhere. */
  static double megabytes(Path status) throws IOException {
    if (!Files.isReadable(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e6)
        .findFirst()
        .orElse(Double.NaN);
  }
}
