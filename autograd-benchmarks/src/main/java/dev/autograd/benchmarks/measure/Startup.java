package dev.autograd.benchmarks.measure;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * W7: from the start of a process until its first gradient is printed, and what has to be shipped
 * for that.
 *
 * @param gradient the first entry of it, as the last process printed it
 * @param milliseconds the median time; NaN if a gradient was wrong
 * @param megabytes the size of the jars
 */
public record Startup(double gradient, double milliseconds, double megabytes) {

  /** The name in rows. */
  public static final String WORKLOAD = "W7";

  private static final String PEER_MAIN = "dev.autograd.benchmarks.djl.DjlFirstGradient";

  private static final double EXPECTED = -0.00624796;
  private static final double TOLERANCE = 1e-5;

  /** Measures an engine in fresh processes, and prints its rows. */
  public static Startup run(String engine, int rounds) throws IOException {
    Startup result = engine.equals("autograd") ? ours(rounds) : theirs(rounds);
    print(engine, "first_gradient", result.gradient);
    if (result.valid()) {
      print(engine, "ms_to_first_gradient", result.milliseconds);
      print(engine, "mb_of_jars", result.megabytes);
    } else {
      System.out.println("WRONG: the first gradient should be " + EXPECTED);
    }
    return result;
  }

  private static void print(String engine, String metric, double value) {
    System.out.println(new Row(engine, WORKLOAD, "f32", 1, metric, value));
  }

  /** Returns whether every process printed the right gradient. */
  public boolean valid() {
    return !Double.isNaN(milliseconds);
  }

  private static Startup ours(int rounds) throws IOException {
    List<String> shipped = entries("autograd-core", "slf4j-api", "slf4j-nop", "jspecify");
    List<String> path = new ArrayList<>(shipped);
    path.addAll(entries("autograd-benchmarks"));
    return measure(FirstGradient.class.getName(), path, shipped, rounds);
  }

  private static Startup theirs(int rounds) throws IOException {
    List<String> path = classPath();
    List<String> shipped =
        path.stream()
            .filter(entry -> Stream.of("autograd", "jmh", "jopt").noneMatch(entry::contains))
            .filter(entry -> !entry.contains("commons-math3"))
            .toList();
    return measure(PEER_MAIN, path, shipped, rounds);
  }

  private static List<String> classPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
  }

  private static List<String> entries(String... names) {
    return classPath().stream()
        .filter(entry -> Arrays.stream(names).anyMatch(name -> isOf(entry, name)))
        .toList();
  }

  private static boolean isOf(String entry, String name) {
    String file = Path.of(entry).getFileName().toString();
    return file.equals("classes") ? entry.contains(name + "/target") : file.startsWith(name);
  }

  private static Startup measure(
      String mainClass, List<String> path, List<String> shipped, int rounds) throws IOException {
    List<String> command = Child.java(String.join(File.pathSeparator, path), mainClass, 1);
    List<Double> times = new ArrayList<>();
    double gradient = Double.NaN;
    boolean right = true;
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
      try (BufferedReader in = process.inputReader()) {
        String line = in.readLine();
        times.add((System.nanoTime() - start) / 1e6);
        gradient = line == null ? Double.NaN : Double.parseDouble(line);
      } finally {
        process.destroy();
      }
      right &= Math.abs(gradient / EXPECTED - 1) < TOLERANCE;
    }
    double bytes = shipped.stream().mapToLong(entry -> size(Path.of(entry))).sum();
    return new Startup(gradient, right ? Timing.median(times) : Double.NaN, bytes / 1e6);
  }

  private static long size(Path entry) {
    try (Stream<Path> files = Files.walk(entry)) {
      return files.filter(Files::isRegularFile).mapToLong(Startup::length).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
