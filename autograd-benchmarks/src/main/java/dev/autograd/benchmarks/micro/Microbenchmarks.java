package dev.autograd.benchmarks.micro;

import dev.autograd.benchmarks.measure.Contender;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the workloads are made of: matrix products, element-wise kernels, single operations.
 *
 * @param contender who was measured
 * @param tables in Markdown; empty if there is a problem
 * @param problem why there may be none
 */
public record Microbenchmarks(Contender contender, String tables, Optional<String> problem) {

  /** The name in the option {@code --only}. */
  public static final String NAME = "micro";

  /**
   * Measures in a process, which starts others with its own flags: that is how JMH works.
   *
   * @param quick whether less often
   * @param all whether more than the products, the only kernels that every back end has
   */
  public static Microbenchmarks run(Contender contender, boolean quick, boolean all)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("micro", ".md");
    try {
      List<String> words = new ArrayList<>(List.of(file.toString()));
      if (quick) {
        words.add("quick");
      }
      if (all) {
        words.add("all");
      }
      ProcessBuilder builder = contender.process(1, Tables.class, words.toArray(String[]::new));
      int status = builder.redirectOutput(Redirect.INHERIT).start().waitFor();
      if (status != 0) {
        return new Microbenchmarks(
            contender,
            "",
            Optional.of("JMH ended with status " + status + "; see what it printed"));
      }
      List<String> lines = Files.readAllLines(file);
      String tables = String.join("\n", lines.subList(1, lines.size()));
      return new Microbenchmarks(contender, tables, contender.objection(lines.get(0)));
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
