package dev.autograd.examples.command;

import dev.autograd.examples.plot.ConfusionPlot;
import dev.autograd.examples.training.Experiment;
import dev.autograd.examples.training.Outcome;
import dev.autograd.examples.training.Recipe;
import dev.autograd.examples.training.Report;
import dev.autograd.examples.training.Result;
import dev.autograd.nn.io.CsvTable;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** An example on data inside the jar: trains once and reports, or trains with many seeds. */
abstract class ExampleCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private PlotOption plot = new PlotOption();
  @Mixin private SeedsOption seeds = new SeedsOption();

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
    if (seeds.isGiven()) {
      seeds.train(out, seedOfRun -> runWithSeed(table, seedOfRun, out));
    } else {
      runOnce(table, out);
    }
    return 0;
  }

  private void runOnce(CsvTable table, PrintWriter out) {
    Report report = new Report(out);
    Experiment experiment = experiment(table, recipe, seed.value());
    out.println(title);
    out.println();
    report.describe(experiment);
    out.println();
    inspect(experiment, out);
    Outcome outcome = experiment.run(trainer -> trainer.callback(ProgressLines.to(out)));
    out.println();
    report.judge(outcome.result());
    plot.write(
        out, () -> ConfusionPlot.of(experiment.model().labels(), decisions(outcome).heldOut()));
    goOn(spec.root().qualifiedName(), out);
  }

  private double runWithSeed(CsvTable table, long seedOfRun, PrintWriter out) {
    Result.Decisions result =
        decisions(experiment(table, recipe, seedOfRun).run(UnaryOperator.identity()));
    double accuracy = result.heldOut().accuracy();
    out.printf(
        Locale.ROOT,
        "seed %d: training %.1f %%, held out %.1f %%%n",
        seedOfRun,
        100 * result.training(),
        100 * accuracy);
    out.flush();
    return accuracy;
  }

  private static Result.Decisions decisions(Outcome outcome) {
    return (Result.Decisions) outcome.result();
  }
}
