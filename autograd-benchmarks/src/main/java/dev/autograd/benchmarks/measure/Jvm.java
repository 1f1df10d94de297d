package dev.autograd.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Java installation.
 *
 * @param home its directory
 * @param version such as {@code 25.0.3}
 * @param vectors whether it has the Vector API
 */
public record Jvm(Path home, String version, boolean vectors) {

  private static final String BASE = "java.base@";
  private static final String VECTORS = "jdk.incubator.vector@";

  /** Returns the installation that runs this program. */
  public static Jvm current() throws IOException {
    return at(Path.of(System.getProperty("java.home")));
  }

  /**
   * Returns the installation in a directory, having asked it for its modules.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Jvm at(Path home) throws IOException {
    Path java = java(home);
    if (!Files.isExecutable(java)) {
      throw new IllegalArgumentException(
          home + " is no Java installation: " + java + " is no program; name a JAVA_HOME");
    }
    Process process = new ProcessBuilder(java.toString(), "--list-modules").start();
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      return of(home, in.lines().toList());
    }
  }

  /** Returns the installation that lists some modules, such as {@code java.base@25.0.3}. */
  static Jvm of(Path home, List<String> modules) {
    String version =
        modules.stream()
            .filter(module -> module.startsWith(BASE))
            .map(module -> module.substring(BASE.length()).trim())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(home + " lists no module java.base: " + modules));
    return new Jvm(home, version, modules.stream().anyMatch(name -> name.startsWith(VECTORS)));
  }

  private static Path java(Path home) {
    return home.resolve("bin").resolve("java");
  }

  /** Returns the program that starts a virtual machine. */
  Path java() {
    return java(home);
  }

  /** Returns the best back end that needs no other jar. */
  public BackEnd best() {
    return vectors ? BackEnd.VECTOR : BackEnd.SCALAR;
  }
}
