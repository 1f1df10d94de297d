package dev.autograd.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page about the gradient check is its text, with the examples as they stand in the source, and
 * with what they print; {@code -Ddocs.write=true} writes it.
 */
class GradientCheckPageTest {

  private static final Path BASE = Path.of(".");

  private static final Path SOURCES = BASE.resolve("src/test/java/dev/autograd/docs");

  private static final String NOTE =
      "\n*This page is made by the tests: `mvn test -Ddocs.write=true` writes it anew.*\n";

  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  @Test
  void showsTheExamplesAndWhatTheyPrint() throws IOException {
    assumeTrue(isPlain(), "the page shows what plain Java computes");
    String source = Files.readString(SOURCES.resolve("GradientCheckExamples.java"));
    String text = Files.readString(BASE.resolve("src/test/resources/docs/gradient-check.md"));
    String page = PLACE.matcher(text).replaceAll(place -> example(place, source)) + NOTE;
    Path path = BASE.resolve("../docs/gradient-check.md");
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(path, page);
    }
    assertThat(Files.readString(path))
        .as("the page is out of date; write it with -Ddocs.write=true")
        .isEqualTo(page);
  }

  /**
   * Which element comes nearest to failing is decided in digits that every back end rounds anew.
   */
  private static boolean isPlain() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()
        && System.getProperty("autograd.backend", "scalar").equals("scalar");
  }

  private static String example(MatchResult place, String source) {
    String name = place.group(1);
    Matcher method =
        Pattern.compile("(?ms)^  static (\\w+) " + name + "\\((.*?)\\) \\{\\n(.*?)^  }\\n")
            .matcher(source);
    assertThat(method.find()).as("the example %s", name).isTrue();
    boolean runs = method.group(1).equals("Object");
    String shown =
        runs
            ? method.group(3).replaceAll("(?m)^    ", "").replaceFirst("(?m)^return ", "")
            : method.group().replaceAll("(?m)^  ", "");
    String code = "```java\n" + shown + "```";
    return Matcher.quoteReplacement(runs ? code + "\n```\n" + printed(name) + "\n```" : code);
  }

  private static String printed(String name) {
    try {
      Method method = GradientCheckExamples.class.getDeclaredMethod(name);
      return wrapped(String.valueOf(method.invoke(null)));
    } catch (InvocationTargetException e) {
      return wrapped(String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the text with lines of prose broken; those of tables stay as they are. */
  private static String wrapped(String text) {
    return text.lines()
        .map(line -> line.matches("(order|\\d).*") ? line : broken(line))
        .collect(Collectors.joining("\n"));
  }

  private static String broken(String line) {
    return line.length() <= 120
        ? line
        : line.replaceAll("(.{80,118}[ ,])(?=.)", "$1\n").replaceAll("(?m) +$", "");
  }
}
