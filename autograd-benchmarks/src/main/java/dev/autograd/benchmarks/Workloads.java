package dev.autograd.benchmarks;

import dev.autograd.benchmarks.measure.Checked;
import dev.autograd.benchmarks.measure.Row;
import dev.autograd.benchmarks.measure.Timing;
import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Engine;
import dev.autograd.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs workloads in this process: {@code Workloads W [threads]}, with W such as {@code W1b4}, the
 * beginning of several names, or {@code all}. Prints the back ends in use, a row per check value
 * and then the median time of several rounds:
 *
 * <pre>
 * In use: vector, plain
 * ROW,autograd,W1b4,f32,1,loss1000,0.02719070
 * ROW,autograd,W1b4,f32,1,us_per_step,31.41593
 * </pre>
 *
 * <p>A wrong check value ends it with status 1, without times. System properties: {@code
 * benchmarks.engine} (autograd), {@code benchmarks.rounds} (7), {@code benchmarks.seconds} per
 * round (0.5), {@code benchmarks.warmup} in seconds (3).
 */
public final class Workloads {

  private Workloads() {}

  /** Arguments: workload, and the number of threads, 1 if there is none. */
  public static void main(String[] args) {
    if (args.length < 1 || args.length > 2) {
      System.err.println("Usage: Workloads W [threads], with W such as W1b4, W3 or all");
      System.exit(2);
    }
    int threads = args.length == 2 ? Integer.parseInt(args[1]) : 1;
    Engine engine = Engine.named(System.getProperty("benchmarks.engine", "autograd"));
    engine.threads(threads);
    System.out.println("In use: " + engine.backEnd());
    boolean right = true;
    for (Case which : Case.matching(args[0])) {
      Optional<Workload> opened = Checked.open(engine, which, threads, System.out);
      if (opened.isEmpty()) {
        right = false;
        continue;
      }
      try (Workload workload = opened.orElseThrow()) {
        double time = time(which, workload);
        System.out.println(Row.of(engine.name(), which, threads, which.metric().label(), time));
      }
    }
    System.exit(right ? 0 : 1);
  }

  private static double time(Case which, Workload workload) {
    Timing.round(which, workload, number("benchmarks.warmup", 3));
    int rounds = (int) number("benchmarks.rounds", 7);
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      times.add(Timing.round(which, workload, number("benchmarks.seconds", 0.5)));
    }
    return Timing.median(times);
  }

  private static double number(String property, double otherwise) {
    String text = System.getProperty(property);
    return text == null ? otherwise : Double.parseDouble(text);
  }
}
