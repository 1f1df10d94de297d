package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java process of its own, for tests of what does not depend on this one. */
final class ChildJvm {

  private static final long LONGEST_SECONDS = 300;

  private static final String VECTORS = "jdk.incubator.vector";
  private static final String BACKEND = "autograd.backend";

  private ChildJvm() {}

  /** Runs the main method of a test class and returns what it prints. */
  static String run(Class<?> main, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(options));
    // The same back end as here, or the bits differ.
    if (ModuleLayer.boot().findModule(VECTORS).isPresent()) {
      command.addAll(List.of("--add-modules", VECTORS));
    }
    String backend = System.getProperty(BACKEND);
    if (backend != null) {
      command.addAll(List.of("-D" + BACKEND + "=" + backend, "--enable-native-access=ALL-UNNAMED"));
    }
    command.addAll(List.of("-cp", classPath(), main.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed;
    try (InputStream output = process.getInputStream()) {
      printed = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed.replaceFirst("^WARNING: Using incubator modules: .*\\R", "");
  }

  /** Returns what the classes of this process were loaded from, modules or not. */
  private static String classPath() {
    return Stream.of(
            Stream.of(System.getProperty("jdk.module.path", "")),
            Stream.of(System.getProperty("java.class.path", "")),
            Stream.of(placeOf(ChildJvm.class), placeOf(Tensor.class)))
        .flatMap(paths -> paths)
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  /** Returns the directory under which a class file lies. */
  private static String placeOf(Class<?> type) {
    try {
      String file = type.getSimpleName() + ".class";
      Path path = Path.of(Objects.requireNonNull(type.getResource(file)).toURI());
      return path.resolve("../../..").normalize().toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
