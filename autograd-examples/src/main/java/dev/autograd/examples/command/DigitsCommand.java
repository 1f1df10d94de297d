package dev.autograd.examples.command;

import dev.autograd.examples.table.Task;
import dev.autograd.examples.training.Experiment;
import dev.autograd.examples.training.Recipe;
import dev.autograd.nn.io.CsvTable;
import java.util.List;
import picocli.CommandLine.Command;

/** Learns to read handwritten digits. */
@Command(
    name = "digits",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Learns to read handwritten digits, images of 8 x 8 pixels.")
final class DigitsCommand extends ExampleCommand {

  private static final Recipe RECIPE = new Recipe(List.of(64), 30, 32, 3e-3, 1e-3);

  DigitsCommand() {
    super("Handwritten digits: which digit do 8 x 8 pixels show?", "digits.csv.gz", RECIPE);
  }

  @Override
  Experiment experiment(CsvTable table, Recipe recipe, long seed) {
    return Experiment.of(table, Task.of("digit"), recipe, seed);
  }
}
