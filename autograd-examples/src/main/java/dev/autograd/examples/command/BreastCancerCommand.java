package dev.autograd.examples.command;

import dev.autograd.examples.table.CsvTable;
import dev.autograd.examples.table.Task;
import dev.autograd.examples.training.Experiment;
import dev.autograd.examples.training.Recipe;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** Learns to tell malignant from benign tumours, with the network of the notes. */
@Command(
    name = "breast-cancer",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Learns to tell malignant from benign tumours by measurements of cell nuclei.%n")
final class BreastCancerCommand extends ExampleCommand {

  private static final Recipe RECIPE = new Recipe(List.of(16), 30, 32, 0.01, 1e-3);

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
  void goOn(String program, PrintWriter out) {
    out.println();
    out.println("Go on:");
    out.println("  " + program + " digits    reads handwritten digits");
    out.println("  " + program + " graph     shows what the tape records, and draws it");
    out.println("  " + program + " train FILE.csv --target COLUMN    learns from your own table");
    out.println("  " + program + " --help    lists all commands");
  }
}
