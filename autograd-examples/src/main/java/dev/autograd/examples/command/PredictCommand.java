package dev.autograd.examples.command;

import dev.autograd.examples.training.Predictions;
import dev.autograd.examples.training.TableModel;
import dev.autograd.examples.training.TableModelFile;
import dev.autograd.nn.io.CsvTable;
import dev.autograd.nn.io.CsvWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    TableModel loaded = TableModelFile.load(model);
    List<List<String>> lines = Predictions.of(loaded, CsvTable.read(file)).lines();
    if (target == null) {
      lines.forEach(line -> out.println(csv(line)));
      out.flush();
    } else {
      CsvWriter.write(target, lines);
      out.println("Wrote " + target + ", " + (lines.size() - 1) + " rows");
    }
    return 0;
  }

  private static String csv(List<String> fields) {
    return fields.stream().map(PredictCommand::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
