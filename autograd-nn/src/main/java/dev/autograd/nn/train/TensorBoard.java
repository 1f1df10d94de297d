package dev.autograd.nn.train;

import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.io.EventWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A log of a run for TensorBoard: per epoch its loss, measures and learning rate, per so many steps
 * the loss, and per so many epochs histograms of the weights and of the gradients of the epoch's
 * last step. Immutable; {@link #callback} makes what writes.
 *
 * <pre>{@code
 * trainer.callback(TensorBoard.in(Path.of("runs/first")).histograms(5).callback());
 * }</pre>
 *
 * <p>The curves are called {@code epoch/loss}, {@code epoch/lr}, {@code epoch/} and the name of the
 * measure, {@code step/loss}, {@code weights/} and {@code gradients/} and the path. What is not
 * finite is left out of histograms' logs. A run that is resumed begins another file in the folder.
 *
 * @param folder where the log is written; it is made if it is not there
 * @param steps how many steps there are from one loss to the next
 * @param epochs how many epochs there are from one set of histograms to the next; 0 is none
 */
public record TensorBoard(Path folder, int steps, int epochs) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TensorBoard {
    if (steps < 1 || epochs < 0) {
      throw new IllegalArgumentException(
          "TensorBoard: losses every "
              + steps
              + " steps and histograms every "
              + epochs
              + " epochs; these must be at least 1 and 0");
    }
  }

  /** Returns a log in a folder: the loss of each step, no histograms. */
  public static TensorBoard in(Path folder) {
    return new TensorBoard(folder, 1, 0);
  }

  /** Returns this with a loss after every so many steps. */
  public TensorBoard everySteps(int number) {
    return new TensorBoard(folder, number, epochs);
  }

  /** Returns this with histograms after every so many epochs; 0 is none. */
  public TensorBoard histograms(int everyEpochs) {
    return new TensorBoard(folder, steps, everyEpochs);
  }

  /** Returns a callback that writes the log of one run at a time. */
  public Callback callback() {
    return new Log(this);
  }

  /** The log of a run. */
  private static final class Log implements Callback {

    private final TensorBoard settings;
    private Optional<EventWriter> writer = Optional.empty();

    Log(TensorBoard settings) {
      this.settings = settings;
    }

    @Override
    public String name() {
      return "TensorBoard";
    }

    @Override
    public void beforeRun(Training training) {
      writer = Optional.of(EventWriter.in(settings.folder()));
    }

    @Override
    public void beforeStep(Training training, Gradients gradients) {
      if (training.isLastStepOfEpoch() && drawsIn(training.epoch())) {
        Parameters parameters = training.model().parameters();
        for (String path : parameters.paths()) {
          Parameter parameter = parameters.byPath(path);
          if (gradients.inputs().contains(parameter) && gradients.reached(parameter)) {
            histogram("gradients/" + path, gradients.of(parameter), training.epoch());
          }
        }
      }
    }

    private boolean drawsIn(int epoch) {
      return settings.epochs() > 0 && epoch % settings.epochs() == 0;
    }

    @Override
    public void afterStep(Training training) {
      if (training.steps() % settings.steps() == 0) {
        scalar("step/loss", training.loss(), training.steps());
      }
    }

    @Override
    public void afterEpoch(Training training) {
      Epoch epoch = training.history().last();
      scalar("epoch/loss", epoch.loss(), epoch.number());
      scalar("epoch/lr", epoch.lr(), epoch.number());
      epoch.measures().forEach((name, value) -> scalar("epoch/" + name, value, epoch.number()));
      if (drawsIn(epoch.number())) {
        Parameters parameters = training.model().parameters();
        parameters
            .paths()
            .forEach(path -> histogram("weights/" + path, parameters.byPath(path), epoch.number()));
      }
      writer.ifPresent(EventWriter::flush);
    }

    private void scalar(String tag, double value, long step) {
      writer.ifPresent(events -> events.scalar(tag, value, step));
    }

    private void histogram(String tag, Tensor values, long step) {
      boolean isFinite = Arrays.stream(values.toDoubleArray()).allMatch(Double::isFinite);
      if (isFinite && values.size() > 0) {
        writer.ifPresent(events -> events.histogram(tag, values, step));
      }
    }

    @Override
    public void afterRun(Training training) {
      writer.ifPresent(EventWriter::close);
      writer = Optional.empty();
    }
  }
}
