package dev.autograd.nn.train;

import java.nio.file.Files;
import java.util.Optional;

/** Writes the checkpoints of a run when they are due. */
final class CheckpointKeeper {

  private final Checkpoints when;
  private final RunState state;
  private long written = System.nanoTime();
  private String last = "no checkpoint was written yet";

  CheckpointKeeper(Checkpoints when, RunState state) {
    this.when = when;
    this.state = state;
  }

  /** Puts everything back to where the file was written; does nothing if there is none. */
  Optional<RunState.Progress> restore() {
    // One that may not be looked at is no reason to begin again, and to write over it.
    if (Files.notExists(when.file())) {
      return Optional.empty();
    }
    RunState.Progress progress = state.restore(when.file());
    noteLast(progress);
    return Optional.of(progress);
  }

  void afterStep(RunState.Progress progress) {
    boolean counted = when.steps() > 0 && progress.position().steps() % when.steps() == 0;
    if (counted || isLate()) {
      write(progress);
    }
  }

  void afterEpoch(RunState.Progress progress) {
    boolean counted = when.epochs() > 0 && progress.epochs().size() % when.epochs() == 0;
    if (counted || isLate()) {
      write(progress);
    }
  }

  private boolean isLate() {
    return !when.time().isZero() && System.nanoTime() - written >= when.time().toNanos();
  }

  void atEnd(RunState.Progress progress) {
    write(progress);
  }

  private void write(RunState.Progress progress) {
    state.save(when.file(), progress);
    written = System.nanoTime();
    noteLast(progress);
  }

  private void noteLast(RunState.Progress progress) {
    last = "the last checkpoint is " + when.file() + ", of step " + progress.position().steps();
  }

  /** Returns a sentence on the last checkpoint. */
  String last() {
    return last;
  }

  /** Returns what to do with a run that is over and was to go on. */
  String howToBegin() {
    return "; delete "
        + when.file()
        + " to begin again, or begin with its weights by Checkpoint.load";
  }

  /** Returns how a run that was interrupted goes on. */
  String howToGoOn() {
    return last + ": run it again with resume() to go on from there";
  }
}
