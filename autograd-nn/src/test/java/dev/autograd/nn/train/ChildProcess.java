package dev.autograd.nn.train;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A virtual machine of its own that runs {@link KillTarget}, and what it prints. */
final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildProcess start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dautograd.threads=1",
                "-cp",
                classPath(),
                KillTarget.class.getName()));
    command.addAll(List.of(arguments));
    return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Returns where this virtual machine finds classes, modules and tests, as one class path. */
  private static String classPath() {
    String name = KillTarget.class.getName().replace('.', '/') + ".class";
    URL resource = Objects.requireNonNull(KillTarget.class.getResource("/" + name));
    String tests = Path.of(URI.create(resource.toString().replace(name, ""))).toString();
    return String.join(
        File.pathSeparator,
        tests,
        System.getProperty("jdk.module.path", ""),
        System.getProperty("java.class.path"));
  }

  Process process() {
    return process;
  }

  /**
   * Returns the next line that it prints, other than warnings of the virtual machine and the empty
   * line after them; nothing after the last.
   */
  Optional<String> line() throws IOException {
    Optional<String> line;
    do {
      line = Optional.ofNullable(output.readLine());
    } while (line.filter(text -> text.isEmpty() || text.startsWith("WARNING:")).isPresent());
    return line;
  }

  /** Has a child that waits make its next step. */
  void step() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      // It has ended meanwhile, which its output tells.
    }
  }

  /** Ends the child, if it has not ended, at once. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      boolean ended = process.waitFor(1, TimeUnit.MINUTES);
      if (!ended) {
        throw new IOException("the child does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    output.close();
  }
}
