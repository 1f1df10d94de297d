package dev.autograd.examples.command;

import dev.autograd.nn.train.Callback;
import dev.autograd.nn.train.Progress;
import java.io.PrintWriter;

/** How far a training is, on a terminal as a bar, and else as a few lines. */
final class ProgressLines {

  private ProgressLines() {}

  /** Returns a callback that prints to a writer, each line as soon as it is known. */
  static Callback to(PrintWriter out) {
    return Progress.of(
        line -> {
          out.println("  " + line);
          out.flush();
        });
  }
}
