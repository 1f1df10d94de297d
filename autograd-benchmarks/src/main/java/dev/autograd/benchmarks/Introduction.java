package dev.autograd.benchmarks;

import dev.autograd.benchmarks.measure.ClassPath;
import dev.autograd.benchmarks.measure.Contender;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The beginning of the page: what is measured and how, the facts of the machine, and caveats. */
final class Introduction {

  private static final String WHAT =
      """
      # Benchmarks

      This page is what `autograd-benchmarks/bench` writes. Each workload is the same mathematics on the same numbers, here and
      in PyTorch, which is called from Java through DJL and measured in the same run.

      | workload | what is timed |
      |---|---|
      | W1b4, W1b64 | a step of training: 2-16-1, tanh and sigmoid, mean binary cross-entropy, SGD, on 4 or 64 examples |
      | W2 | a step of training: 784-256-128-10, relu, mean softmax cross-entropy, SGD, on 64 examples |
      | W3 | a step of training: 1024-1024-1024-1024-1, relu, mean binary cross-entropy of logits, Adam, on 256 examples |
      | W4d1000 and so on | one operation of three in `y = tanh(y w + b)` on single numbers, so many times, recorded and swept |
      | W5 | the value and both gradients of `sum(sigmoid(x y) + tanh(x) relu(y) - exp(-x²))`, a million elements each |
      | W6 | the value and the gradient of Rosenbrock's function of 1,000 variables, each a node of its own |
      | W7 | a process from its start to its first gradient, and the jars that have to be shipped for it |

      """;

  private static final String HOW =
      """

      ## How

      - Every contender has a process of its own, and must first arrive at the check values of the workload; a row without has an
        error instead of a time. So has one whose back end, as the process itself reports it, is not the one asked for.
      - Contenders take turns, a round of each, so that what else the machine does meets all. A time is the median of the rounds;
        a ratio is the median of the rounds' ratios of the peer's time to ours: above 1 ours is faster.
      - Both engines are used as their users would: nothing here or there is made for a workload. The flags of our virtual
        machines are `--add-modules=jdk.incubator.vector` for `vector` and `native`, `--enable-native-access=ALL-UNNAMED` for
        `native`, and `autograd.backend`; others are in the column of the back end, or above.
      - Settings of numeric libraries in the environment, such as `OPENBLAS_CORETYPE`, are kept from all processes.
      - `mb_at_peak` is the most memory that a process had resident while it trained W3, virtual machine included.

      ## Caveats

      - Claims are ratios: times belong to this machine, and drift from run to run.
      - The peer pays for the way from Java to PyTorch with every operation. Where operations are tiny (W1, W4, W6), ratios tell as
        much of this way as of PyTorch, which is faster from Python or C++.
      - With as many threads as processors, anything else that runs delays PyTorch more than this library: its threads
        wait for each other by spinning.
      - Goals of W2 and W3 are for the best back end; rows of others have the mark too where they miss them.
      - An archive of classes (`-XX:SharedArchiveFile`, made by a run with `-XX:ArchiveClassesAtExit`) is for programs that
        are started often.
      - By default a virtual machine takes memory because the machine has it: `mb_at_peak` is mostly heap that was never needed,
        above all with vectors, which make garbage until their loops are compiled. The serial collector
        takes what is needed; the third row has a limit too.
      - A step of the peer on W4d1000000 takes about a minute, so that there may be a single round.
      """;

  private Introduction() {}

  /** Returns the text. */
  static String text(boolean quick, List<Contender> ours, Optional<Contender> peer) {
    StringBuilder page = new StringBuilder(WHAT);
    if (quick) {
      page.append("**Rounds were short (`--quick`): these figures tell nothing of speed.**\n\n");
    }
    page.append("| fact | |\n|---|---|\n");
    fact(page, "date", LocalDate.now(ZoneOffset.UTC).toString());
    fact(
        page,
        "processor",
        processor() + ", " + Runtime.getRuntime().availableProcessors() + " available");
    fact(page, "system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    fact(
        page,
        "load of the machine before",
        String.format(Locale.ROOT, "%.1f; above 0.5 figures are rough", load));
    fact(
        page,
        "Java",
        ours.stream().map(c -> c.jvm().version()).distinct().collect(Collectors.joining(", ")));
    fact(page, "flags of all virtual machines", flags());
    fact(
        page,
        "peer",
        peer.map(p -> jars("pytorch") + ", on Java " + p.jvm().version()).orElse("none"));
    fact(page, "libraries of `native`", jars("openblas", "dnnl", "blas"));
    return page.append(HOW).toString();
  }

  private static void fact(StringBuilder page, String name, String value) {
    page.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  private static String flags() {
    String flags = System.getenv("BENCH_JVM_FLAGS");
    return flags == null || flags.isBlank() ? "their own" : flags;
  }

  private static String jars(String... names) {
    List<String> found = ClassPath.current().titles(List.of(names));
    return found.isEmpty() ? "none" : String.join(", ", found);
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
