package dev.autograd.examples.command;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.examples.physics.PredatorsAndPrey;
import dev.autograd.examples.physics.RateFit;
import dev.autograd.examples.plot.LinePlot;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Fits the rates of a differential equation by differentiating through its solver. */
@Command(
    name = "physics",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Fits a differential equation to counts, by gradients through its solver.")
final class PhysicsCommand implements Callable<Integer> {

  private static final Tensor TRUE_RATES = Tensor.of(1.0, 0.1, 1.5, 0.075);
  private static final Tensor GUESS = Tensor.of(0.8, 0.08, 1.2, 0.06);
  private static final Tensor START = Tensor.of(10.0, 5.0);
  private static final double NOISE = 1;
  private static final int POINTS = 31;
  private static final int STEPS = (POINTS - 1) * RateFit.STEPS_PER_COUNT;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private PlotOption plot = new PlotOption();

  @Override
  public Integer call() {
    Tensor truth =
        new PredatorsAndPrey(TRUE_RATES).populations(START, RateFit.STEPS_PER_COUNT, POINTS);
    Tensor counted = truth.add(noise());
    RateFit fit = RateFit.of(GUESS, counted);
    print(fit);
    plot.write(spec.commandLine().getOut(), () -> picture(counted, fit));
    return 0;
  }

  /** The start is known; all later counts are off. */
  private Tensor noise() {
    Tensor errors =
        Tensor.normal(new SplittableRandom(seed.value()), DType.F64, POINTS - 1, 2).mul(NOISE);
    return Tensor.concat(0, Tensor.zeros(DType.F64, 1, 2), errors);
  }

  private void print(RateFit fit) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Hares and lynxes, counted 30 times with errors of 1 on average:");
    out.println("  hares'  =  birth hares - hunt hares lynxes");
    out.println("  lynxes' = -death lynxes + feed hares lynxes");
    out.println();
    out.printf(
        Locale.ROOT,
        "L-BFGS through %d steps of Runge and Kutta: %d iterations, sum of squares %.2f%n%n",
        STEPS,
        fit.result().iterations(),
        fit.result().loss());
    out.println("rate       guess     fitted  standard error     true");
    int within = 0;
    for (int i = 0; i < PredatorsAndPrey.NAMES.size(); i++) {
      double fitted = fit.rates().item(i);
      double error = fit.errors().item(i);
      double truth = TRUE_RATES.item(i);
      within += Math.abs(fitted - truth) <= 2 * error ? 1 : 0;
      out.printf(
          Locale.ROOT,
          "%-8s %7.4f   %8.5f         %7.5f  %7.4f%n",
          PredatorsAndPrey.NAMES.get(i),
          GUESS.item(i),
          fitted,
          error,
          truth);
    }
    out.printf(Locale.ROOT, "%n%d of 4 within two standard errors of the truth%n", within);
  }

  private static LinePlot picture(Tensor counted, RateFit fit) {
    double[] steps = times(STEPS + 1, 1);
    double[] counts = times(POINTS, RateFit.STEPS_PER_COUNT);
    Tensor fitted = new PredatorsAndPrey(fit.rates()).populations(START, 1, STEPS + 1);
    Tensor guessed = new PredatorsAndPrey(GUESS).populations(START, 1, STEPS + 1);
    return LinePlot.of("Hares and lynxes", "time", "number")
        .line("hares, fitted", steps, column(fitted, 0))
        .points("counted", counts, column(counted, 0))
        .colouredAs(0)
        .dashes("guess", steps, column(guessed, 0))
        .colouredAs(0)
        .line("lynxes, fitted", steps, column(fitted, 1))
        .points("counted ", counts, column(counted, 1))
        .colouredAs(3)
        .dashes("guess ", steps, column(guessed, 1))
        .colouredAs(3);
  }

  private static double[] times(int points, int every) {
    return Tensor.arange(DType.F64, points).mul(every * PredatorsAndPrey.STEP).toDoubleArray();
  }

  private static double[] column(Tensor populations, int column) {
    return populations.select(1, column).toDoubleArray();
  }
}
