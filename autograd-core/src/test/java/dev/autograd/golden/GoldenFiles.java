package dev.autograd.golden;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The golden cases: those of the directory that the system property {@code golden.dir} names, else
 * those of the class path.
 */
final class GoldenFiles {

  /**
   * The files that hold cases replayed here; training runs and gradient checks have tests
   * elsewhere.
   */
  private static final List<String> NAMES =
      List.of("ops", "programs", "notes", "scalar", "misc", "errors");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private GoldenFiles() {}

  /** Returns the cases of a kind, in the order of the files. */
  static List<GoldenCase> cases(String kind) {
    return all().stream().filter(golden -> golden.kind().equals(kind)).toList();
  }

  /** Returns the cases to replay. */
  static List<GoldenCase> all() {
    return Chosen.CASES;
  }

  /** Returns whether the cases are those that came with the sources. */
  static boolean areCommitted() {
    return directory().isEmpty();
  }

  private static String directory() {
    return System.getProperty("golden.dir", "");
  }

  /** The cases, read once per test run. */
  private static final class Chosen {
    private static final List<GoldenCase> CASES = read();

    private static List<GoldenCase> read() {
      List<GoldenCase> cases = new ArrayList<>();
      for (String name : NAMES) {
        try (InputStream file = open(name + ".jsonl.gz")) {
          if (file != null) {
            readInto(cases, new GZIPInputStream(file));
          }
        } catch (IOException e) {
          throw new UncheckedIOException(name, e);
        }
      }
      if (cases.isEmpty()) {
        throw new IllegalStateException("no golden case in directory \"" + directory() + "\"");
      }
      return List.copyOf(cases);
    }
  }

  /** Returns null for a file that the directory does not have: it may hold a part of the cases. */
  private static @Nullable InputStream open(String file) throws IOException {
    if (areCommitted()) {
      return Objects.requireNonNull(GoldenFiles.class.getResourceAsStream("/golden/" + file));
    }
    Path path = Path.of(directory(), file);
    return Files.exists(path) ? Files.newInputStream(path) : null;
  }

  private static void readInto(List<GoldenCase> cases, InputStream text) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      cases.add(new GoldenCase(MAPPER.readTree(line)));
    }
  }
}
