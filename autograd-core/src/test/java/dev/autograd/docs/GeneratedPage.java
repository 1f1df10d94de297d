package dev.autograd.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of the documentation that is made from what the tests know. The test fails when the page
 * is not what would be made now; {@code -Ddocs.write=true} writes it.
 */
public final class GeneratedPage {

  private static final String NOTE =
      "\n*This page is made by the tests: `mvn test -Ddocs.write=true` writes it anew.*\n";

  private final Path path;

  private GeneratedPage(Path path) {
    this.path = path;
  }

  /** Returns the page of a name in the folder {@code docs}. */
  public static GeneratedPage of(String name) {
    return new GeneratedPage(Path.of(".", "..", "docs", name));
  }

  /** Fails if the page has another text, or writes it if asked. */
  public void assertIs(String text) {
    String full = text + NOTE;
    try {
      if (Boolean.getBoolean("docs.write")) {
        Files.writeString(path, full);
      }
      assertThat(path).as("a page to be written with -Ddocs.write=true").exists();
      assertThat(Files.readString(path))
          .as("%s is out of date; write it with -Ddocs.write=true", path.getFileName())
          .isEqualTo(full);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
