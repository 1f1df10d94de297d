package dev.autograd.examples.command;

import dev.autograd.examples.training.Experiment;
import dev.autograd.examples.training.Progress;
import dev.autograd.examples.training.Recipe;
import dev.autograd.examples.training.Report;
import dev.autograd.examples.training.Result;
import dev.autograd.nn.io.CsvTable;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** An example on data inside the jar: trains once and reports, or trains with many seeds. */
abstract class ExampleCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides all that is drawn by lot (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "Train with each of the seeds 1 to N and print the mean accuracy instead.")
  private @Nullable Integer seeds;

  private final String title;
  private final String data;
  private final Recipe recipe;

  ExampleCommand(String title, String data, Recipe recipe) {
    this.title = title;
    this.data = data;
    this.recipe = recipe;
  }

  /** Returns the experiment of a seed. */
  abstract Experiment experiment(CsvTable table, Recipe recipe, long seed);

  /** Looks at an experiment before the training. */
  void inspect(Experiment experiment, PrintWriter out) {}

  /** Prints what to try next. */
  void goOn(String program, PrintWriter out) {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    CsvTable table = BundledData.table(data);
    if (seeds == null) {
      runOnce(table, out);
    } else {
      runWithSeeds(table, seeds, out);
    }
    return 0;
  }

  private void runOnce(CsvTable table, PrintWriter out) {
    Report report = new Report(out);
    Experiment experiment = experiment(table, recipe, seed);
    out.println(title);
    out.println();
    report.describe(experiment);
    out.println();
    inspect(experiment, out);
    Result result = experiment.run(Progress.of(recipe.epochs(), out));
    out.println();
    report.judge(result);
    goOn(spec.root().qualifiedName(), out);
  }

  private void runWithSeeds(CsvTable table, int count, PrintWriter out) {
    double[] accuracies = new double[count];
    for (int i = 0; i < count; i++) {
      Result.Decisions result =
          (Result.Decisions) experiment(table, recipe, i + 1).run(Progress.silent());
      accuracies[i] = result.heldOut().accuracy();
      out.printf(
          Locale.ROOT,
          "seed %d: training %.1f %%, held out %.1f %%%n",
          i + 1,
          100 * result.training(),
          100 * accuracies[i]);
    }
    out.printf(
        Locale.ROOT,
        "mean of %d seeds: held out %.2f %%, lowest %.1f %%%n",
        count,
        100 * DoubleStream.of(accuracies).average().orElseThrow(),
        100 * DoubleStream.of(accuracies).min().orElseThrow());
  }
}
