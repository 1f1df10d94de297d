package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.testkit.RandomGraph;
import dev.autograd.testkit.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a random graph prints is a program that computes the same. */
class RandomGraphProgramTest {

  private static final int PROGRAMS = 12;

  @TempDir private Path folder;

  @Test
  void programsCompileAndPrintTheSameGradients() throws Exception {
    Set<String> used = new HashSet<>();
    for (int seed = 0; seed < PROGRAMS; seed++) {
      RandomGraph graph = RandomGraph.draw(Vocabulary.standard(), seed, 150);
      graph.ops().forEach(op -> used.add(op.name()));
      Path own = Files.createDirectory(folder.resolve("program" + seed));

      compile(Files.writeString(own.resolve("Reproduction.java"), graph.toString()));

      assertThat(run(own)).isEqualTo(expected(graph));
    }
    // Nearly all texts have been compiled, then; each of them is at some seed.
    assertThat(used).hasSizeGreaterThan(Vocabulary.standard().ops().size() * 9 / 10);
  }

  private static List<String> expected(RandomGraph graph) {
    List<Tensor> leaves = GraphRun.leaves(graph);
    Tensor loss = graph.loss(leaves);
    loss.backward();
    List<String> lines = new ArrayList<>(List.of(Double.toString(loss.item())));
    leaves.forEach(leaf -> lines.add(Arrays.toString(leaf.grad().toDoubleArray())));
    return lines;
  }

  private static void compile(Path source) throws URISyntaxException {
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    Path library =
        Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    int result =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                out,
                out,
                "-proc:none",
                "-cp",
                library.toString(),
                source.toAbsolutePath().toString());
    assertThat(result).as("%s", messages).isZero();
  }

  private static List<String> run(Path folder) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader =
            new URLClassLoader(new URL[] {folder.toUri().toURL()}, Tensor.class.getClassLoader());
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      Method main = loader.loadClass("Reproduction").getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
