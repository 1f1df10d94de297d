package dev.autograd.examples.command;

import dev.autograd.examples.plot.LossCurve;
import dev.autograd.examples.table.Target;
import dev.autograd.examples.table.Task;
import dev.autograd.examples.training.Experiment;
import dev.autograd.examples.training.Outcome;
import dev.autograd.examples.training.Recipe;
import dev.autograd.examples.training.Report;
import dev.autograd.nn.io.CsvTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Learns a column of the user's own table from the others. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Learns a column of your own table from the others.",
    description = {
      "%nThe file is CSV in UTF-8 with a header row, separated by commas, semicolons or tabs, and may be"
          + " compressed with gzip. A target of texts, or of few different whole numbers, is learned as"
          + " classes, any other as a number. Columns of texts become one input per different text."
    })
final class TrainCommand implements Callable<Integer> {

  private static final double WEIGHT_DECAY = 1e-4;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE.csv", description = "The table.")
  private Path file = Path.of("");

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      required = true,
      description = "The column to learn.")
  private String target = "";

  @Option(
      names = "--ignore",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns not to learn from.")
  private Set<String> ignored = Set.of();

  @Option(
      names = "--regression",
      description = "Learn the target as a number even if it could be classes.")
  private boolean regression;

  @Option(
      names = "--hidden",
      paramLabel = "WIDTH",
      split = ",",
      converter = PositiveInteger.Width.class,
      description = "The widths of the hidden layers (default: 32,16).")
  private List<Integer> hidden = List.of(32, 16);

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "How often every row is seen (default: ${DEFAULT-VALUE}).")
  private int epochs = 100;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "Rows per step (default: ${DEFAULT-VALUE}).")
  private int batch = 32;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      converter = NumberAboveZero.Finite.class,
      description = "The learning rate of Adam (default: ${DEFAULT-VALUE}).")
  private double learningRate = 0.003;

  @Mixin private SeedOption seed = new SeedOption();

  @Option(
      names = "--test-fraction",
      paramLabel = "SHARE",
      converter = NumberAboveZero.Share.class,
      description = "The share of the rows held out to test on (default: ${DEFAULT-VALUE}).")
  private double testFraction = 0.2;

  @Mixin private RunOptions files = new RunOptions();
  @Mixin private PlotOption plot = new PlotOption();

  @Override
  public Integer call() {
    files.check();
    PrintWriter out = spec.commandLine().getOut();
    Task task = new Task(target, Set.copyOf(ignored), regression, testFraction);
    Recipe recipe = new Recipe(List.copyOf(hidden), epochs, batch, learningRate, WEIGHT_DECAY);
    Experiment experiment = Experiment.of(CsvTable.read(file), task, recipe, seed.value());
    Report report = new Report(out);
    report.describe(experiment);
    if (experiment.problem().target() instanceof Target.Classes classes && classes.numbered()) {
      out.println(
          "          The classes are whole numbers; --regression learns the number instead.");
    }
    out.println();
    Outcome outcome = files.run(experiment, trainer -> trainer.callback(ProgressLines.to(out)));
    out.println();
    report.judge(outcome.result());
    files.write(experiment, outcome, settings(), out);
    plot.write(out, () -> LossCurve.of(outcome.history(), Experiment.HELD_OUT));
    return 0;
  }

  /** Returns what a report says of the settings. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("file", String.valueOf(file.getFileName()));
    settings.put("target", target);
    settings.put("ignored", String.join(", ", ignored));
    settings.put("hidden", hidden.toString());
    settings.put("epochs", Integer.toString(epochs));
    settings.put("batch", Integer.toString(batch));
    settings.put("rate", Double.toString(learningRate));
    settings.put("seed", Long.toString(seed.value()));
    settings.put("test fraction", Double.toString(testFraction));
    return settings;
  }
}
