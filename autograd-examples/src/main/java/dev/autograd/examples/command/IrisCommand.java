package dev.autograd.examples.command;

import dev.autograd.examples.table.Task;
import dev.autograd.examples.training.Experiment;
import dev.autograd.examples.training.Recipe;
import dev.autograd.nn.io.CsvTable;
import java.util.List;
import picocli.CommandLine.Command;

/** Learns to tell three species of iris apart. */
@Command(
    name = "iris",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Learns to tell three species of iris by the sizes of petals and sepals.")
final class IrisCommand extends ExampleCommand {

  private static final Recipe RECIPE = new Recipe(List.of(16), 60, 16, 0.01, 1e-3);

  IrisCommand() {
    super("Irises: which species do the sizes of petals and sepals belong to?", "iris.csv", RECIPE);
  }

  @Override
  Experiment experiment(CsvTable table, Recipe recipe, long seed) {
    return Experiment.of(table, Task.of("species"), recipe, seed);
  }
}
