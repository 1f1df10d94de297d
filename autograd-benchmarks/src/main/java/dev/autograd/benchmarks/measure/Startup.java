package dev.autograd.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * W7: from the start of a process until its first gradient is printed, and what has to be shipped
 * for that.
 */
public final class Startup {

  /** The name in rows. */
  public static final String WORKLOAD = "W7";

  private static final String PEER_MAIN = "dev.autograd.benchmarks.djl.DjlFirstGradient";

  private static final double EXPECTED = -0.00624796;
  private static final double TOLERANCE = 1e-5;

  private final Contender contender;
  private final List<Double> times = new ArrayList<>();
  private final double megabytes;
  private Optional<String> problem = Optional.empty();

  private Startup(Contender contender) {
    this.contender = contender;
    megabytes = ClassPath.current().shipped(contender).megabytes();
  }

  /**
   * Measures fresh processes, the contenders in turns, and returns two figures per contender of
   * ours: milliseconds, and megabytes of jars.
   *
   * @param peer what they are compared with; empty without one
   */
  public static List<Figure> run(List<Contender> ours, Optional<Contender> peer, int rounds)
      throws IOException {
    List<Startup> own = ours.stream().map(Startup::new).toList();
    Optional<Startup> other = peer.map(Startup::new);
    for (int i = 0; i < rounds; i++) {
      for (Startup startup : own) {
        startup.round();
      }
      if (other.isPresent()) {
        other.get().round();
      }
    }
    double theirTime = other.map(Startup::milliseconds).orElse(Double.NaN);
    double theirSize = other.map(startup -> startup.megabytes).orElse(Double.NaN);
    List<Figure> figures = new ArrayList<>();
    for (Startup startup : own) {
      figures.add(startup.figure("ms_to_first_gradient", startup.milliseconds(), theirTime, 150));
      figures.add(startup.figure("mb_of_jars", startup.megabytes, theirSize, 1));
    }
    figures.forEach(Figure::print);
    return figures;
  }

  private void round() throws IOException {
    if (problem.isPresent()) {
      return;
    }
    String main = contender.isPeer() ? PEER_MAIN : FirstGradient.class.getName();
    ProcessBuilder builder = contender.process(1, ClassPath.current().startup(contender), main);
    long start = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      String gradient = line(in);
      times.add((System.nanoTime() - start) / 1e6);
      problem =
          isRight(gradient)
              ? contender.objection(line(in))
              : Optional.of("\"" + gradient + "\" instead of " + EXPECTED);
    } finally {
      process.destroy();
    }
  }

  /** Returns the next line that is no warning of the virtual machine; nothing at the end. */
  private static String line(BufferedReader in) throws IOException {
    @Nullable String line = in.readLine();
    while (line != null && line.contains("WARNING")) {
      line = in.readLine();
    }
    return line == null ? "" : line;
  }

  /** Returns whether a line is the right gradient. */
  static boolean isRight(String line) {
    try {
      return Math.abs(Double.parseDouble(line) / EXPECTED - 1) < TOLERANCE;
    } catch (NumberFormatException e) {
      return false; // the message of a virtual machine that failed
    }
  }

  private double milliseconds() {
    return problem.isEmpty() ? Timing.median(times) : Double.NaN;
  }

  private Figure figure(String unit, double own, double theirs, double goal) {
    return new Figure(
        WORKLOAD,
        "f32",
        1,
        contender,
        unit,
        own,
        theirs,
        theirs / own,
        OptionalDouble.of(goal),
        problem);
  }
}
