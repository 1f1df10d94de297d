package dev.autograd.examples.command;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Learns exclusive or: the smallest problem that needs a hidden layer, and the library in ten
 * lines.
 */
@Command(
    name = "xor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Learns exclusive or, the smallest problem that needs a hidden layer.")
final class XorCommand implements Callable<Integer> {

  private static final double[][] INPUTS = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  private static final double[][] ANSWERS = {{0}, {1}, {1}, {0}};
  private static final int HIDDEN = 8;
  private static final int STEPS = 500;
  private static final double RATE = 0.05;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides what the weights start with (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Override
  public Integer call() {
    RandomGenerator random = new Random(seed);
    Tensor x = Tensor.of(INPUTS);
    Tensor y = Tensor.of(ANSWERS);
    Sequential network =
        Sequential.of(
            Dense.of(2, HIDDEN, random),
            Tensor::tanh,
            Dense.of(HIDDEN, 1, random),
            Tensor::sigmoid);
    Optimizer adam = Adam.lr(RATE).over(network.parameters());
    double first = adam.minimize(() -> Losses.bce(network.forward(x), y));
    for (int step = 1; step < STEPS; step++) {
      adam.minimize(() -> Losses.bce(network.forward(x), y));
    }
    print(network.forward(x), first, Losses.bce(network.forward(x), y).item());
    return 0;
  }

  private void print(Tensor probabilities, double first, double last) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Exclusive or, learned by dense 2 -> 8, tanh, dense 8 -> 1, sigmoid");
    out.printf(Locale.ROOT, "Loss %.4f, after %d steps of Adam %.4f%n%n", first, STEPS, last);
    out.println("a  b  a xor b  network");
    int right = 0;
    for (int row = 0; row < INPUTS.length; row++) {
      double p = probabilities.item(row, 0);
      right += (p > 0.5) == (ANSWERS[row][0] == 1) ? 1 : 0;
      out.printf(
          Locale.ROOT,
          "%.0f  %.0f  %7.0f  %7.4f%n",
          INPUTS[row][0],
          INPUTS[row][1],
          ANSWERS[row][0],
          p);
    }
    out.printf(Locale.ROOT, "%n%d of %d right%n", right, INPUTS.length);
  }
}
