package dev.autograd.benchmarks.micro;

import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the micro-benchmarks, and relates their scores to what the machine can do. */
public final class Microbenchmarks {

  private final boolean quick;
  private final StringBuilder page = new StringBuilder();

  private Microbenchmarks(boolean quick) {
    this.quick = quick;
  }

  /**
   * Returns Markdown tables of all of them.
   *
   * @param quick whether fewer shapes, less often
   */
  public static String tables(boolean quick) throws RunnerException {
    Microbenchmarks run = new Microbenchmarks(quick);
    run.products();
    run.elementwise();
    run.recording();
    run.allocation();
    return run.page.toString();
  }

  private ChainedOptionsBuilder options(Class<?> benchmark, int threads) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName() + "\\.")
            .shouldFailOnError(true)
            .jvmArgsAppend("-Dautograd.threads=" + threads);
    if (quick) {
      options
          .warmupIterations(2)
          .warmupTime(TimeValue.milliseconds(300))
          .measurementIterations(3)
          .measurementTime(TimeValue.milliseconds(200));
    }
    return options;
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }

  private static double score(RunResult result) {
    return result.getPrimaryResult().getScore();
  }

  private static String parameter(RunResult result, String name) {
    return result.getParams().getParam(name);
  }

  private static String method(RunResult result) {
    String name = result.getParams().getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private void line(String format, Object... arguments) {
    page.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private void products() throws RunnerException {
    Collection<RunResult> peaks = run(options(PeakBenchmark.class, 1));
    double f32 = 2 / fastest(peaks, "f32");
    double f64 = 2 / fastest(peaks, "f64");
    line("## Matrix products");
    line("");
    line(
        "Measured peak of fused multiply-adds in plain Java, one core: %.1f GF/s f32, %.1f GF/s f64.",
        f32, f64);
    line("");
    line("| m x n x k | order | dtype | threads | GF/s | of the peak |");
    line("|---|---|---|---|---|---|");
    for (int threads = 1; threads <= (quick ? 1 : 2); threads++) {
      ChainedOptionsBuilder options = options(GemmBenchmark.class, threads);
      if (quick) {
        options.param("shape", "64x256x784", "256x256x256", "32x16x2");
      }
      for (RunResult result : run(options)) {
        String shape = parameter(result, "shape");
        String dtype = parameter(result, "dtype");
        double rate = GemmBenchmark.operations(shape) / score(result);
        double peak = threads * (dtype.equals("F32") ? f32 : f64);
        line(
            "| %s | %s | %s | %d | %.1f | %.0f %% |",
            shape, parameter(result, "order"), dtype, threads, rate, 100 * rate / peak);
      }
    }
    line("");
  }

  private void elementwise() throws RunnerException {
    ChainedOptionsBuilder options = options(ElementwiseBenchmark.class, 1);
    Collection<RunResult> results = run(options);
    line("## Element-wise kernels");
    line("");
    line("The share is that of the bytes per second that a copy of as many elements moves.");
    line("");
    line("| function | elements | dtype | ns per element | GB/s | of a copy |");
    line("|---|---|---|---|---|---|");
    for (RunResult result : results) {
      String n = parameter(result, "elements");
      String dtype = parameter(result, "dtype");
      double copy =
          find(
              results,
              r ->
                  parameter(r, "function").equals("copy")
                      && parameter(r, "elements").equals(n)
                      && parameter(r, "dtype").equals(dtype));
      String function = parameter(result, "function");
      int arrays = ElementwiseBenchmark.arrays(function);
      double each = score(result) / Integer.parseInt(n);
      int bytes = dtype.equals("F32") ? Float.BYTES : Double.BYTES;
      double share = arrays * copy / (2 * score(result));
      line(
          "| %s | %s | %s | %.3f | %.1f | %.0f %% |",
          function, n, dtype, each, arrays * bytes / each, 100 * share);
    }
    line("");
  }

  private void recording() throws RunnerException {
    Collection<RunResult> results =
        run(options(RecordBenchmark.class, 1).addProfiler(GCProfiler.class));
    line("## One operation on single numbers");
    line("");
    line("| what | ns per operation | bytes per operation |");
    line("|---|---|---|");
    for (RunResult result : results) {
      line("| %s | %.1f | %s |", method(result), score(result), bytes(result));
    }
    line("");
  }

  private void allocation() throws RunnerException {
    ChainedOptionsBuilder options = options(StepBenchmark.class, 1).addProfiler(GCProfiler.class);
    if (quick) {
      options.param("which", "W1B4_F32", "W1B64_F32", "W2_F32", "W4_D1000", "W5_F32", "W6_F64");
    }
    line("## Memory allocated per step");
    line("");
    line("| workload | bytes per step | µs per step, unchecked |");
    line("|---|---|---|");
    for (RunResult result : run(options)) {
      String which = parameter(result, "which");
      line("| %s | %s | %.1f |", which, bytes(result), score(result) / 1e3);
    }
    line("");
  }

  @SuppressWarnings("rawtypes") // JMH's signature
  private static String bytes(RunResult result) {
    OptionalDouble bytes =
        result.getSecondaryResults().entrySet().stream()
            .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
            .mapToDouble(entry -> entry.getValue().getScore())
            .findFirst();
    return bytes.isPresent() ? String.format(Locale.ROOT, "%,.0f", bytes.getAsDouble()) : "?";
  }

  /** Returns the best time of an iteration: a peak is not lowered by what else the machine does. */
  private static double fastest(Collection<RunResult> results, String method) {
    return results.stream()
        .filter(result -> method(result).equals(method))
        .mapToDouble(result -> result.getPrimaryResult().getStatistics().getMin())
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double find(Collection<RunResult> results, Predicate<RunResult> which) {
    return results.stream()
        .filter(which)
        .mapToDouble(Microbenchmarks::score)
        .findFirst()
        .orElse(Double.NaN);
  }
}
