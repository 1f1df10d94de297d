package dev.autograd.examples.command;

import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.examples.report.RunReport;
import dev.autograd.examples.training.Experiment;
import dev.autograd.examples.training.Outcome;
import dev.autograd.examples.training.TableModelFile;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.io.AtomicFile;
import dev.autograd.nn.train.Checkpoints;
import dev.autograd.nn.train.TensorBoard;
import dev.autograd.nn.train.Trainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what a training leaves behind: the model, a report, a log, a checkpoint. */
final class RunOptions {

  /** Histograms are of every weight, and take more room than all else in the log. */
  private static final int EPOCHS_PER_HISTOGRAM = 10;

  @Option(
      names = "--save",
      paramLabel = "MODEL",
      converter = OutputFile.class,
      description = "Write the model to a file, for predict.")
  private @Nullable Path model;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      converter = OutputFile.class,
      description = "Write a page about the run: results, losses, data, model, settings.")
  private @Nullable Path report;

  @Option(
      names = "--metrics",
      paramLabel = "FILE.csv",
      converter = OutputFile.class,
      description = "Write the losses of each epoch as a table.")
  private @Nullable Path metrics;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description =
          "Write a log for TensorBoard into a folder: losses, and now and then weights and gradients.")
  private @Nullable Path tensorboard;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      converter = OutputFile.class,
      description = "Write where the training is after each epoch, for --resume.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--resume",
      description =
          "Go on from the checkpoint, if there is one; more --epochs than before go on further.")
  private boolean resume;

  /**
   * Checks the options against each other.
   *
   * @throws InvalidInputException if they do not fit
   */
  void check() {
    if (resume && checkpoint == null) {
      throw new InvalidInputException("--resume goes on from a checkpoint; add --checkpoint FILE");
    }
  }

  /** Runs an experiment with the log and the checkpoint that were asked for. */
  Outcome run(Experiment experiment, UnaryOperator<Trainer<Examples>> settings) {
    try {
      return experiment.run(trainer -> with(settings.apply(trainer)));
    } catch (IllegalArgumentException e) {
      if (resume) {
        throw new InvalidInputException(String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  private Trainer<Examples> with(Trainer<Examples> trainer) {
    Trainer<Examples> all = trainer;
    if (tensorboard != null) {
      all = all.callback(TensorBoard.in(tensorboard).histograms(EPOCHS_PER_HISTOGRAM).callback());
    }
    if (checkpoint != null) {
      all = all.checkpoint(Checkpoints.in(checkpoint));
    }
    return resume ? all.resume() : all;
  }

  /** Writes the files that were asked for. */
  void write(
      Experiment experiment, Outcome outcome, Map<String, String> settings, PrintWriter out) {
    if (model != null) {
      TableModelFile.save(model, experiment.model());
      out.println("Wrote " + model);
    }
    if (metrics != null) {
      outcome.history().toCsv(metrics);
      out.println("Wrote " + metrics);
    }
    if (report != null) {
      String title = "Learning \"" + experiment.model().target() + "\"";
      AtomicFile.write(report, RunReport.of(title, settings, experiment, outcome).toString());
      out.println("Wrote " + report);
    }
  }
}
