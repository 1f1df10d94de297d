package dev.autograd.examples.command;

import dev.autograd.Tensor;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Differentiates a long chain of operations on single numbers, and says what one of them costs. */
@Command(
    name = "chain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Differentiates y = tanh(y w + b), repeated, and times an operation.")
final class ChainCommand implements Callable<Integer> {

  private static final int OPERATIONS_PER_LINK = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--depth",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "How often it is repeated (default: ${DEFAULT-VALUE}).")
  private int depth = 100_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "How often the chain is recorded and swept (default: ${DEFAULT-VALUE}).")
  private int rounds = 20;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "y = 0.5; y = tanh(0.9 y + 0.1), %,d times%n", depth);
    for (int round = 1; round <= rounds; round++) {
      long start = System.nanoTime();
      Tensor w = Tensor.scalar(0.9).withGrad();
      Tensor b = Tensor.scalar(0.1).withGrad();
      Tensor y = Tensor.scalar(0.5);
      for (int link = 0; link < depth; link++) {
        y = y.mul(w).add(b).tanh();
      }
      y.backward();
      double each = (System.nanoTime() - start) / ((double) OPERATIONS_PER_LINK * depth);
      out.printf(
          Locale.ROOT,
          "y = %.6f, dy/dw = %.6f: round %d, %.0f ns per operation, recorded and swept%n",
          y.item(),
          w.grad().item(),
          round,
          each);
    }
    return 0;
  }
}
