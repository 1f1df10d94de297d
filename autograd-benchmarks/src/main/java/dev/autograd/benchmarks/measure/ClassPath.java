package dev.autograd.benchmarks.measure;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Jars, and directories of classes.
 *
 * @param entries their paths
 */
public record ClassPath(List<String> entries) {

  /** What a user of this library ships. */
  private static final List<String> OURS =
      List.of("autograd-core", "slf4j-api", "slf4j-nop", "jspecify");

  /** Further jars of whoever adds native libraries. */
  private static final List<String> NATIVE =
      List.of("autograd-native", "openblas", "dnnl", "opencl", "blas", "arpack");

  /** What runs the workloads of ours. */
  private static final List<String> BENCHMARKS = List.of("autograd-benchmarks");

  /** What a user of the peer does without: this project and its tools. */
  private static final List<String> TOOLS =
      List.of("autograd", "peer", "jmh", "jopt", "commons-math3", "picocli", "jspecify");

  /** Returns the class path of this program. */
  public static ClassPath current() {
    return new ClassPath(
        List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
  }

  /** Returns the names of the jars whose names begin so, without their ending. */
  public List<String> titles(List<String> names) {
    return with(names).entries.stream()
        .map(entry -> title(Path.of(entry)).replace(".jar", ""))
        .toList();
  }

  /** Returns what a user of a contender has to ship. */
  ClassPath shipped(Contender contender) {
    if (contender.isPeer()) {
      return without(TOOLS).without(NATIVE);
    }
    boolean natives = contender.backEnd().filter(b -> b == BackEnd.NATIVE).isPresent();
    return with(natives ? concat(OURS, NATIVE) : OURS);
  }

  /** Returns what runs the first gradient of a contender: of ours, no more than is needed. */
  ClassPath startup(Contender contender) {
    return contender.isPeer()
        ? this
        : new ClassPath(concat(shipped(contender).entries, with(BENCHMARKS).entries));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private ClassPath with(List<String> names) {
    return new ClassPath(entries.stream().filter(entry -> isOneOf(entry, names)).toList());
  }

  private ClassPath without(List<String> names) {
    return new ClassPath(entries.stream().filter(entry -> !isOneOf(entry, names)).toList());
  }

  private static boolean isOneOf(String entry, List<String> names) {
    return names.stream().anyMatch(title(Path.of(entry))::startsWith);
  }

  /** Returns the name of a jar, or that of the module whose classes are in a directory. */
  private static String title(Path entry) {
    return (entry.endsWith("target/classes")
            ? entry.getName(entry.getNameCount() - 3)
            : entry.getFileName())
        .toString();
  }

  /** Returns the size of all files. */
  double megabytes() {
    return entries.stream().mapToLong(entry -> size(Path.of(entry))).sum() / 1e6;
  }

  private static long size(Path entry) {
    try (Stream<Path> files = Files.walk(entry)) {
      return files.filter(Files::isRegularFile).mapToLong(ClassPath::length).sum();
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

  /** Returns the path as the option {@code -cp} takes it. */
  @Override
  public String toString() {
    return entries.stream().collect(Collectors.joining(File.pathSeparator));
  }
}
