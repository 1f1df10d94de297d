package dev.autograd.benchmarks;

import dev.autograd.benchmarks.measure.Checked;
import dev.autograd.benchmarks.measure.FirstGradient;
import dev.autograd.benchmarks.measure.FreshStart;
import dev.autograd.benchmarks.measure.Row;
import dev.autograd.benchmarks.measure.Startup;
import dev.autograd.benchmarks.measure.Timing;
import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Engine;
import dev.autograd.benchmarks.workload.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs workloads in this process, W7 in fresh ones like it: {@code Workloads W [threads]}, with W
 * such as {@code W1b4}, the beginning of several names, or {@code all}. Prints the back ends in
 * use, a row per check value and then the median time of several rounds:
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

  private static final String OURS = "autograd";

  private Workloads() {}

  /** Arguments: workload, and the number of threads, 1 if there is none. */
  public static void main(String[] args) throws IOException {
    if (args.length < 1 || args.length > 2) {
      System.err.println("Usage: Workloads W [threads], with W such as W1b4, W3 or all");
      System.exit(2);
    }
    int threads = args.length == 2 ? Integer.parseInt(args[1]) : 1;
    Engine engine = Engine.named(System.getProperty("benchmarks.engine", OURS));
    engine.threads(threads);
    System.out.println("In use: " + engine.backEnd());
    boolean asksForStart = args[0].equals(Startup.WORKLOAD);
    boolean right = !(asksForStart || args[0].equals("all")) || start(threads);
    for (Case which : asksForStart ? List.<Case>of() : Case.matching(args[0])) {
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

  /**
   * Measures virtual machines like this one, with its flags and its class path, from their start to
   * the first gradient of this library.
   */
  private static boolean start(int threads) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dautograd.threads=" + threads);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FirstGradient.class.getName());
    List<Double> times = new ArrayList<>();
    int rounds = (int) number("benchmarks.rounds", 7);
    for (int i = 0; i < rounds; i++) {
      FreshStart start = FreshStart.of(new ProcessBuilder(command));
      if (!start.isRight()) {
        System.out.println("WRONG: the first gradient is " + start.wrong());
        return false;
      }
      if (i == 0) {
        System.out.println(row(threads, "first_gradient", start.value()));
      }
      times.add(start.milliseconds());
    }
    System.out.println(row(threads, Startup.MILLISECONDS, Timing.median(times)));
    return true;
  }

  private static Row row(int threads, String metric, double value) {
    return new Row(OURS, Startup.WORKLOAD, "f32", threads, metric, value);
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
