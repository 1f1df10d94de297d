package dev.autograd.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A process from its start to the first gradient that it prints.
 *
 * @param milliseconds how long it took
 * @param gradient the line with the gradient, or whatever the process said instead
 * @param inUse the line after it, with the back ends in use; empty if there is none
 */
public record FreshStart(double milliseconds, String gradient, String inUse) {

  private static final double EXPECTED = -0.00624796;
  private static final double TOLERANCE = 1e-5;

  /** Runs a process of {@link FirstGradient}, or of the peer's twin of it. */
  public static FreshStart of(ProcessBuilder builder) throws IOException {
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      String gradient = line(in);
      double milliseconds = (System.nanoTime() - start) / 1e6;
      return new FreshStart(milliseconds, gradient, line(in));
    } finally {
      process.destroy();
    }
  }

  /** Returns the next line that is not the virtual machine's own; nothing at the end. */
  private static String line(BufferedReader in) throws IOException {
    @Nullable String line = in.readLine();
    while (line != null && isOfVirtualMachine(line)) {
      line = in.readLine();
    }
    return line == null ? "" : line;
  }

  /**
   * Returns whether a line is a warning or a line of a log. The log says that the incubating module
   * keeps the archive from holding modules, which leaves the classes.
   */
  static boolean isOfVirtualMachine(String line) {
    return line.contains("WARNING") || line.startsWith("[");
  }

  /** Returns whether the gradient is the right one. */
  public boolean isRight() {
    return Math.abs(value() / EXPECTED - 1) < TOLERANCE;
  }

  /** Returns the gradient; NaN if it is the message of a virtual machine that failed. */
  public double value() {
    try {
      return Double.parseDouble(gradient);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Returns what is wrong with the gradient, for a report. */
  public String wrong() {
    return "\"" + gradient + "\" instead of " + EXPECTED;
  }
}
