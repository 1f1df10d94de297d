package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Worker} seen from the program that started it. */
final class Child implements AutoCloseable {

  private final Contender contender;
  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;
  private final List<Row> checks = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private String problem = "";
  private boolean alive;

  private Child(Contender contender, Process process) {
    this.contender = contender;
    this.process = process;
    in = process.inputReader(StandardCharsets.UTF_8);
    out = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts a worker, and waits until its check values are there. */
  static Child start(Contender contender, Case which, int threads) throws IOException {
    ProcessBuilder builder =
        contender.process(
            threads, Worker.class, contender.engine(), which.name(), Integer.toString(threads));
    Child child = new Child(contender, builder.start());
    child.awaitChecks();
    return child;
  }

  private void awaitChecks() throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (Row.matches(line)) {
        checks.add(Row.parse(line));
      } else if (line.startsWith(Worker.USES)) {
        contender.objection(line.substring(Worker.USES.length())).ifPresent(this::fail);
      } else if (line.equals(Worker.READY)) {
        alive = problem.isEmpty();
        return;
      } else {
        remark(line);
      }
    }
    ended();
  }

  private void remark(String line) {
    if (!line.contains("WARNING")) {
      remarks.add(line);
    }
  }

  /** Takes the first thing that a process said beside the protocol for the reason of its end. */
  private void ended() {
    fail(remarks.isEmpty() ? "the process has ended" : remarks.get(0));
  }

  private void fail(String reason) {
    if (problem.isEmpty()) {
      problem = reason;
    }
    alive = false;
  }

  /** Returns the contender whose process this is. */
  Contender contender() {
    return contender;
  }

  /** Returns the check values, right or wrong, as far as there are any. */
  List<Row> checks() {
    return List.copyOf(checks);
  }

  /** Returns why there are no answers: a wrong value, another back end, a crash. */
  Optional<String> problem() {
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  /** Returns the time of a step, measured for some seconds; NaN if there is a problem. */
  double round(double seconds) throws IOException {
    return ask(Double.toString(seconds));
  }

  /** Returns the most megabytes of memory that the process has had so far; NaN likewise. */
  double megabytes() throws IOException {
    return ask(Worker.MEMORY);
  }

  private double ask(String question) {
    if (!alive) {
      return Double.NaN;
    }
    try {
      out.write(question + "\n");
      out.flush();
      for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith(Worker.ANSWER)) {
          return Double.parseDouble(line.substring(Worker.ANSWER.length()));
        }
        remark(line);
      }
    } catch (IOException e) {
      remark(e.toString()); // the pipe of a crashed process
    }
    ended();
    return Double.NaN;
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
