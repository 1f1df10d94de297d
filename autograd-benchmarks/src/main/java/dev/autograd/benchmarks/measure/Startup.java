package dev.autograd.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * W7: from the start of a process until its first gradient is printed, and what has to be shipped
 * for that.
 *
 * @param milliseconds the median time; NaN if the gradient is wrong
 * @param megabytes the size of the jars
 */
public record Startup(double milliseconds, double megabytes) {

  private static final double EXPECTED = -0.00624796;
  private static final double TOLERANCE = 1e-5;

  /** Measures this library. */
  public static Startup ours(int rounds) throws IOException {
    List<String> shipped = entries("autograd-core", "slf4j-api", "slf4j-nop", "jspecify");
    List<String> path = new ArrayList<>(shipped);
    path.addAll(entries("autograd-benchmarks"));
    return measure(FirstGradient.class.getName(), path, shipped, rounds);
  }

  /** Measures the peer: its main class, with everything on the class path that is not ours. */
  public static Startup theirs(String mainClass, int rounds) throws IOException {
    List<String> path = List.of(System.getProperty("java.class.path").split(":", -1));
    List<String> shipped =
        path.stream()
            .filter(entry -> Stream.of("autograd", "jmh", "jopt").noneMatch(entry::contains))
            .filter(entry -> !entry.contains("commons-math3"))
            .toList();
    return measure(mainClass, path, shipped, rounds);
  }

  private static List<String> entries(String... names) {
    return Arrays.stream(System.getProperty("java.class.path").split(":", -1))
        .filter(entry -> Arrays.stream(names).anyMatch(name -> isOf(entry, name)))
        .toList();
  }

  private static boolean isOf(String entry, String name) {
    String file = Path.of(entry).getFileName().toString();
    return file.equals("classes") ? entry.contains(name + "/target") : file.startsWith(name);
  }

  private static Startup measure(
      String mainClass, List<String> path, List<String> shipped, int rounds) throws IOException {
    String classPath = path.stream().collect(Collectors.joining(":"));
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      times.add(once(mainClass, classPath));
    }
    boolean right = times.stream().noneMatch(t -> Double.isNaN(t));
    double bytes = shipped.stream().mapToLong(entry -> size(Path.of(entry))).sum();
    return new Startup(right ? Timing.median(times) : Double.NaN, bytes / 1e6);
  }

  private static double once(String mainClass, String classPath) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Child.java(classPath, mainClass, 1));
    long start = System.nanoTime();
    Process process = builder.redirectError(Redirect.DISCARD).start();
    try (BufferedReader in = process.inputReader()) {
      String line = in.readLine();
      double time = (System.nanoTime() - start) / 1e6;
      if (line == null) {
        return Double.NaN;
      }
      double gradient = Double.parseDouble(line);
      System.out.println("first gradient entry of " + mainClass + ": " + gradient);
      return Math.abs(gradient / EXPECTED - 1) < TOLERANCE ? time : Double.NaN;
    } finally {
      process.destroy();
    }
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
