package dev.autograd.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles and runs every Java snippet of the README and of pages it points to, and compares what
 * it prints with its comments.
 */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Path CUSTOM_OPS = Path.of("..", "docs", "custom-ops.md");
  private static final Path FILES = Path.of("..", "docs", "files.md");
  private static final Path TRAINING = Path.of("..", "docs", "training.md");
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EXPECTED = Pattern.compile("// => (.*)");

  @TempDir Path classes;

  @TestFactory
  Stream<DynamicTest> everySnippetPrintsWhatItSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : List.of(README, CUSTOM_OPS, FILES, TRAINING)) {
      int before = tests.size();
      Matcher snippets = SNIPPET.matcher(Files.readString(page));
      while (snippets.find()) {
        String code = snippets.group(1);
        String name = "Snippet" + tests.size();
        tests.add(DynamicTest.dynamicTest(page.getFileName() + name, () -> check(name, code)));
      }
      assertThat(tests).hasSizeGreaterThanOrEqualTo(before + 3);
    }
    return tests.stream();
  }

  @Test
  void theTestCommandIsTheOneThatContinuousIntegrationRuns() throws IOException {
    assertThat(Files.readString(README)).contains("\nmvn verify\n");
    assertThat(Files.readString(Path.of("..", ".ci", "run"))).contains("mvn verify");
  }

  private void check(String name, String code) throws Exception {
    List<String> expected =
        EXPECTED.matcher(code).results().map(found -> found.group(1).strip()).toList();
    assertThat(expected.isEmpty() && !code.contains("assertPasses")).isFalse();
    compile(name, source(name, code));
    assertThat(run(name).lines().toList()).isEqualTo(expected);
  }

  private static String source(String name, String code) {
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    code.lines()
        .forEach(line -> (line.startsWith("import ") ? imports : body).append(line).append('\n'));
    return imports
        + "public class "
        + name
        + " { public static void main(String[] args) throws Exception {\n"
        + body
        + "}}\n";
  }

  private void compile(String name, String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file)).call();
    assertThat(compiled).as(messages + source).isTrue();
  }

  private String run(String name) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader =
            new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      Method main = loader.loadClass(name).getMethod("main", String[].class);
      main.invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
