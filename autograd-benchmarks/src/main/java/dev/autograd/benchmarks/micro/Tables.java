package dev.autograd.benchmarks.micro;

import dev.autograd.benchmarks.workload.Case;
import dev.autograd.kernel.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the micro-benchmarks on the virtual machine that runs this, with its flags, and relates
 * their scores to what the machine can do.
 */
final class Tables {

  private final boolean quick;
  private final StringBuilder page = new StringBuilder();

  private Tables(boolean quick) {
    this.quick = quick;
  }

  /** Arguments: the file for the tables, and the words {@code quick} and {@code all}, if so. */
  public static void main(String[] args) throws IOException, RunnerException {
    List<String> words = List.of(args);
    Tables tables = new Tables(words.contains("quick"));
    tables.line("%s", Backends.description());
    tables.products();
    if (words.contains("all")) {
      tables.elementwise();
      tables.recording();
      tables.allocation();
    }
    Files.writeString(Path.of(args[0]), tables.page);
  }

  private ChainedOptionsBuilder options(Class<?> benchmark) {
    return new OptionsBuilder()
        .include("^" + benchmark.getName() + "\\.")
        .shouldFailOnError(true)
        .warmupIterations(2)
        .warmupTime(TimeValue.milliseconds(quick ? 200 : 700))
        .measurementIterations(quick ? 2 : 3)
        .measurementTime(TimeValue.milliseconds(quick ? 100 : 300));
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
    // Many short iterations, of which the best counts: one of them meets nothing else that runs.
    Collection<RunResult> peaks =
        run(
            options(PeakBenchmark.class)
                .measurementIterations(20)
                .measurementTime(TimeValue.milliseconds(50)));
    double f32 = 2 / fastest(peaks, "f32");
    double f64 = 2 / fastest(peaks, "f64");
    line(
        "Matrix products on one thread; the peak is that of fused multiply-adds in plain Java, %.1f GF/s",
        f32);
    line("in f32 and %.1f in f64, and so a lower bound of the processor's.", f64);
    line("");
    line("| m x n x k | order | dtype | GF/s | of the peak |");
    line("|---|---|---|---|---|");
    for (RunResult result :
        run(
            options(GemmBenchmark.class)
                .param("shape", "64x256x784", "256x1024x1024", "32x16x2"))) {
      String shape = parameter(result, "shape");
      String dtype = parameter(result, "dtype");
      double rate = GemmBenchmark.operations(shape) / score(result);
      line(
          "| %s | %s | %s | %.1f | %.0f %% |",
          shape,
          parameter(result, "order"),
          label(dtype),
          rate,
          100 * rate / (dtype.equals("F32") ? f32 : f64));
    }
    line("");
  }

  private static String label(String dtype) {
    return dtype.toLowerCase(Locale.ROOT);
  }

  private void elementwise() throws RunnerException {
    Map<String, Double> cached = elementwise(1);
    Map<String, Double> remote = elementwise(32);
    line(
        "Element-wise kernels on one thread, f32, 1,000,000 elements; a copy of as many reads one array");
    line(
        "and writes one, the functions of two operands read two. First of the same arrays each time, which");
    line(
        "stay in the last cache where it is large, then of 32 sets in turn, which come from memory.");
    line("");
    line(
        "| function | ns per element | GB/s | times as long as a copy | from memory, ns | GB/s | times as long as a copy |");
    line("|---|---|---|---|---|---|---|");
    for (String function : cached.keySet()) {
      line("| %s | %s | %s |", function, cells(function, cached), cells(function, remote));
    }
    line("");
  }

  /** Returns nanoseconds per element of each function. */
  private Map<String, Double> elementwise(int sets) throws RunnerException {
    Map<String, Double> times = new LinkedHashMap<>();
    ChainedOptionsBuilder options =
        options(ElementwiseBenchmark.class)
            .param("elements", "1000000")
            .param("dtype", "F32")
            .param("sets", Integer.toString(sets));
    for (RunResult result : run(options)) {
      times.put(parameter(result, "function"), score(result) / 1e6);
    }
    return times;
  }

  private static String cells(String function, Map<String, Double> times) {
    double each = times.getOrDefault(function, Double.NaN);
    double bytes = ElementwiseBenchmark.arrays(function) * Float.BYTES;
    return String.format(
        Locale.ROOT,
        "%.3f | %.1f | %.1f",
        each,
        bytes / each,
        each / times.getOrDefault("copy", Double.NaN));
  }

  private void recording() throws RunnerException {
    Collection<RunResult> results =
        run(options(RecordBenchmark.class).addProfiler(GCProfiler.class));
    line("One operation on single numbers, in chains of three thousand.");
    line("");
    line("| what | ns per operation | bytes per operation |");
    line("|---|---|---|");
    for (RunResult result : results) {
      line("| %s | %.1f | %s |", method(result), score(result), bytes(result));
    }
    line("");
  }

  private void allocation() throws RunnerException {
    line("Memory that a step allocates in its steady state.");
    line("");
    line("| workload | dtype | bytes per step |");
    line("|---|---|---|");
    for (Case which : Case.values()) {
      if (which != Case.W4_D1000000) { // a step takes half a second
        line("| %s | %s | %s |", which.workload(), which.dtypeLabel(), allocated(which));
      }
    }
    line("");
  }

  private String allocated(Case which) throws RunnerException {
    // Small objects go as the code around the kernels is compiled, which takes a thousand steps.
    int seconds = which.workload().equals("W3") ? 30 : 5;
    ChainedOptionsBuilder options =
        options(StepBenchmark.class).addProfiler(GCProfiler.class).param("which", which.name());
    if (!quick) {
      options.warmupTime(TimeValue.seconds(seconds));
    }
    return bytes(run(options).iterator().next());
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
}
