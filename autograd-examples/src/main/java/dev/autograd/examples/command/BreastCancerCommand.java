package dev.autograd.examples.command;

import dev.autograd.check.CheckedElement;
import dev.autograd.check.GradientCheck;
import dev.autograd.check.GradientReport;
import dev.autograd.check.Verdict;
import dev.autograd.examples.table.Task;
import dev.autograd.examples.training.Experiment;
import dev.autograd.examples.training.Recipe;
import dev.autograd.nn.io.CsvTable;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Learns to tell malignant from benign tumours, with the network of the notes. */
@Command(
    name = "breast-cancer",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Learns to tell malignant from benign tumours by measurements of cell nuclei.")
final class BreastCancerCommand extends ExampleCommand {

  private static final Recipe RECIPE = new Recipe(List.of(16), 30, 32, 0.01, 1e-3);

  private static final int ROWS_TO_CHECK = 8;

  BreastCancerCommand() {
    super(
        "Breast Cancer Wisconsin: is a tumour malignant, by measurements of its cell nuclei?",
        "breast_cancer.csv",
        RECIPE);
  }

  @Override
  Experiment experiment(CsvTable table, Recipe recipe, long seed) {
    return Experiment.ofNotes(table, Task.of("diagnosis"), recipe, seed);
  }

  @Override
  void inspect(Experiment experiment, PrintWriter out) {
    GradientReport report =
        GradientCheck.of(() -> experiment.loss(ROWS_TO_CHECK))
            .at(experiment.model().parameters())
            .allowing(Verdict.TOO_NOISY)
            .check();
    if (!report.passed()) {
      throw new IllegalStateException("the gradients are wrong: " + report);
    }
    CheckedElement worst = worst(report);
    out.printf(
        Locale.ROOT,
        "Gradient check on %d rows: all %d derivatives agree with finite differences;%n"
            + "  the farthest apart: backward() %.12f, differences %.12f%n%n",
        ROWS_TO_CHECK,
        report.elements(),
        worst.analytic(),
        worst.numeric());
  }

  private static CheckedElement worst(GradientReport report) {
    return report.inputs().stream()
        .flatMap(input -> input.worst().stream())
        .max(Comparator.comparingDouble(CheckedElement::error))
        .orElseThrow();
  }

  @Override
  void goOn(String program, PrintWriter out) {
    out.println();
    out.println("Go on:");
    out.println("  " + program + " digits                          read handwritten digits");
    out.println("  " + program + " graph                           see what the tape records");
    out.println("  " + program + " train FILE.csv --target COLUMN  learn from your own table");
    out.println("  " + program + " --help                          list all commands");
  }
}
