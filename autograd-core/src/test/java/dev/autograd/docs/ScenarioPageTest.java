package dev.autograd.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about scenarios names, for each, the tests that are named after it. */
class ScenarioPageTest {

  private static final String HEAD =
      """
      # Scenarios an engine must survive

      Situations in which engines for automatic differentiation are known to fail, each with the tests that are named after it.

      | | scenario | tests |
      |---|---|---|
      """;

  /** The scenarios, from 1. */
  private static final List<String> SCENARIOS =
      List.of(
          "a chain of 64 self-additions: 2⁶⁴, in 64 steps",
          "the same tensor as every operand of an operation",
          "skip connections, weights used twice, weights tied to their own transpose",
          "a result used at different depths: the order is topological",
          "depth 1,000,000 recorded, swept and freed on a small stack",
          "width: one leaf with 100,000 uses; sums of 10,000 numbers",
          "roots that are leaves, or inputs of other roots",
          "several roots in one sweep; one listed twice counts twice",
          "parts of a result, some of them unused",
          "a leaf without a path to the root",
          "parts without a tracked input are not recorded",
          "operations that no gradient reaches do not run",
          "gradients of intermediate results, and of chosen inputs only",
          "what a custom operation may return, and what not",
          "a second sweep over a released graph",
          "a retained graph swept twice",
          "accumulation over graphs, and clearing, of NaN too",
          "roots that are no scalars, and seeds that do not fit",
          "roots and leaves that cannot have a gradient",
          "gradients of gradients, to the third order",
          "a sweep inside a sweep",
          "a failure in the middle of a sweep",
          "recording off: nested, through exceptions, per thread",
          "detached values, and updates behind their back",
          "interleaved passes, closed tapes, tensors of two tapes in one operation",
          "hooks that replace or observe a gradient",
          "hooks on an accumulated gradient",
          "values changed between recording and sweep",
          "updates of a leaf in the middle of a graph",
          "views: slices, reshapes, transposes, repeated elements",
          "an array changed behind the tensor made from it",
          "size 1 against n at every position; everything 0-d",
          "reductions of nothing",
          "losses of vectors against columns",
          "more elements than an array holds",
          "threads: graphs, parameters, leaves, failures",
          "same seed, same bits",
          "memory: nothing is held after a sweep; 100,000 steps in a small heap");

  private static final Pattern NAME = Pattern.compile("scenario(\\d\\d).*");

  @Test
  void everyScenarioHasATest() throws Exception {
    Map<Integer, Set<String>> tests = tests();
    List<Integer> missing = new ArrayList<>();
    for (int number = 1; number <= SCENARIOS.size(); number++) {
      if (!tests.containsKey(number)) {
        missing.add(number);
      }
    }
    assertThat(missing).as("scenarios without a test").isEmpty();
  }

  @Test
  void pageNamesTheTests() throws Exception {
    Map<Integer, Set<String>> tests = tests();
    StringBuilder page = new StringBuilder(HEAD);
    for (int i = 0; i < SCENARIOS.size(); i++) {
      page.append("| %d | %s | ".formatted(i + 1, SCENARIOS.get(i)));
      page.append(String.join("<br>", tests.getOrDefault(i + 1, Set.of()))).append(" |\n");
    }
    GeneratedPage.of("scenarios.md").assertIs(page.toString());
  }

  private static Map<Integer, Set<String>> tests()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Map<Integer, Set<String>> tests = new TreeMap<>();
    Path classes =
        Path.of(ScenarioPageTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path here = Files.isDirectory(classes.resolve("dev/autograd/docs")) ? classes : testClasses();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(here.resolve("dev/autograd"), "Scenario*Test.class")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".class", "");
        for (Method method : Class.forName("dev.autograd." + name).getDeclaredMethods()) {
          Matcher matcher = NAME.matcher(method.getName());
          if (matcher.matches() && isTest(method)) {
            tests
                .computeIfAbsent(Integer.valueOf(matcher.group(1)), n -> new TreeSet<>())
                .add("`" + name + "." + method.getName() + "`");
          }
        }
      }
    }
    return tests;
  }

  /** In the module of the code they test, tests have the code's location. */
  private static Path testClasses() {
    return Path.of(".", "target", "test-classes");
  }

  private static boolean isTest(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(a -> a.annotationType().getSimpleName().endsWith("Test"));
  }
}
