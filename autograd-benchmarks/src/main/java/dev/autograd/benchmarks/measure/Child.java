package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Worker} seen from the program that started it. */
public final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;
  private final List<Row> checks = new ArrayList<>();
  private boolean alive;

  private Child(Process process) {
    this.process = process;
    in = process.inputReader(StandardCharsets.UTF_8);
    out = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts a worker, and waits until its check values are there. */
  public static Child start(String engine, Case which, int threads) throws IOException {
    List<String> command =
        java(
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            threads,
            engine,
            which.name(),
            Integer.toString(threads));
    // The peer would overflow the stack on a long chain; if it crashes all the same, its time is
    // missing.
    command.addAll(1, List.of("-Xss1g", "-XX:+SuppressFatalErrorMessage"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    Child child = new Child(builder.start());
    child.awaitChecks();
    return child;
  }

  /**
   * Returns the command that runs a class in a virtual machine like this one, with the flags in the
   * environment variable {@code BENCH_JVM_FLAGS}, and nothing that looks for a network.
   */
  public static List<String> java(
      String classPath, String mainClass, int threads, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String flags = System.getenv("BENCH_JVM_FLAGS");
    if (flags != null && !flags.isBlank()) {
      command.addAll(List.of(flags.trim().split("\\s+")));
    }
    command.add("-Dautograd.threads=" + threads);
    command.add("-Dai.djl.offline=true");
    String cache = System.getProperty("DJL_CACHE_DIR");
    if (cache != null) {
      command.add("-DDJL_CACHE_DIR=" + cache);
    }
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(List.of(arguments));
    return command;
  }

  private void awaitChecks() throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (Row.matches(line)) {
        checks.add(Row.parse(line));
      } else if (line.equals(Worker.READY)) {
        alive = true;
        return;
      } else {
        System.out.println(line);
      }
    }
  }

  /** Returns the check values, right or wrong, as far as there are any. */
  public List<Row> checks() {
    return List.copyOf(checks);
  }

  /** Returns whether the check values are right, and the process has not crashed since. */
  public boolean alive() {
    return alive;
  }

  /** Returns the time of a step, measured for some seconds; NaN if the process has died. */
  public double round(double seconds) throws IOException {
    if (!alive) {
      return Double.NaN;
    }
    @Nullable String line;
    try {
      out.write(seconds + "\n");
      out.flush();
      line = in.readLine();
    } catch (IOException e) {
      line = null; // the pipe of a crashed process
    }
    if (line == null || !line.startsWith(Worker.ROUND)) {
      alive = false;
      return Double.NaN;
    }
    return Double.parseDouble(line.substring(Worker.ROUND.length()));
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      alive = false; // it has ended already
    }
    process.destroy();
  }
}
