package dev.autograd.nn.train;

import dev.autograd.nn.io.Uninterrupted;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal, by a library that is loaded with this class and not before. */
final class ProgressBarCallback implements Callback {

  private final PrintStream terminal;
  private Optional<ProgressBar> bar = Optional.empty();

  ProgressBarCallback(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void beforeRun(Training training) {
    bar =
        Optional.of(
            new ProgressBarBuilder()
                .setTaskName("training")
                .setInitialMax((long) training.epochs() * training.batches())
                .startsFrom(done(training), Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new Line(terminal))
                .build());
  }

  private static long done(Training training) {
    return (training.epoch() - 1L) * training.batches() + training.batch();
  }

  @Override
  public void afterStep(Training training) {
    show(
        training,
        String.format(
            Locale.ROOT,
            " epoch %d of %d, loss %.4f",
            training.epoch(),
            training.epochs(),
            training.loss()));
  }

  @Override
  public void afterEpoch(Training training) {
    show(training, " " + Progress.describe(training.history().last()));
  }

  private void show(Training training, String message) {
    bar.ifPresent(shown -> shown.setExtraMessage(message).stepTo(done(training)));
  }

  @Override
  public void afterRun(Training training) {
    bar.ifPresent(
        shown -> {
          // An interrupt would leave the last picture to another thread, and be forgotten.
          Uninterrupted.run(shown::close);
          terminal.println();
          terminal.flush();
        });
    bar = Optional.empty();
  }

  /**
   * Where the bar is shown. It does not end its line: the library does so only if it has shown the
   * bar once before, which it has not where a run takes a few milliseconds.
   */
  private static final class Line extends ConsoleProgressBarConsumer {

    Line(PrintStream terminal) {
      super(terminal);
    }

    @Override
    public void close() {}
  }
}
