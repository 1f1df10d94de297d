package dev.autograd.examples.command;

import dev.autograd.examples.training.Predictions;
import dev.autograd.examples.training.TableModel;
import dev.autograd.examples.training.TableModelFile;
import dev.autograd.nn.io.CsvTable;
import dev.autograd.nn.io.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers for the rows of a table by a model that was trained before. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Answers for the rows of a table, by a model that train --save wrote.",
    description = {
      "%nThe answers are new columns behind those of the table: the class and the probability of each"
          + " class, or the number. Columns are found by their names; those that were not learned"
          + " from may be missing."
    })
final class PredictCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "MODEL", description = "The file of the model.")
  private Path model = Path.of("");

  @Parameters(index = "1", paramLabel = "FILE.csv", description = "The table.")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      converter = OutputFile.class,
      description = "Write to a file, and not to the screen.")
  private @Nullable Path target;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    TableModel loaded = TableModelFile.load(model);
    List<List<String>> lines = Predictions.of(loaded, CsvTable.read(file)).lines();
    if (target == null) {
      CsvWriter.write(out, lines);
    } else {
      CsvWriter.write(target, lines);
      out.println("Wrote " + target + ", " + (lines.size() - 1) + " rows");
    }
    return 0;
  }
}
