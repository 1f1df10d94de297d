package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Check;
import dev.autograd.benchmarks.workload.Engine;
import dev.autograd.benchmarks.workload.Workload;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Opens workloads, and lets those pass whose check values are right. */
public final class Checked {

  private Checked() {}

  /**
   * Prints a row per check value, and returns the workload; or nothing if one is wrong, and says
   * which.
   */
  public static Optional<Workload> open(Engine engine, Case which, int threads, PrintStream out) {
    Workload workload = engine.open(which);
    List<Check> checks = which.checks();
    List<Double> values = Timing.values(workload, checks);
    boolean right = true;
    for (int i = 0; i < checks.size(); i++) {
      Check check = checks.get(i);
      double value = values.get(i);
      out.println(Row.of(engine.name(), which, threads, check.name(), value));
      if (!check.accepts(value)) {
        out.println(
            "WRONG: " + check.name() + " is " + value + " and should be " + check.expected());
        right = false;
      }
    }
    if (right) {
      return Optional.of(workload);
    }
    workload.close();
    return Optional.empty();
  }
}
