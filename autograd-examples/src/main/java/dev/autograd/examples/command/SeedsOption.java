package dev.autograd.examples.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option to train with many seeds, because one may be lucky. */
final class SeedsOption {

  @Option(
      names = "--seeds",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "Train with each of the seeds 1 to N and print the mean accuracy instead.")
  private @Nullable Integer count;

  /** Returns whether it was given. */
  boolean isGiven() {
    return count != null;
  }

  /**
   * Trains with each seed, and prints the mean.
   *
   * @param heldOut trains with a seed, prints how it went, and returns the held-out accuracy
   */
  void train(PrintWriter out, LongToDoubleFunction heldOut) {
    long most = count == null ? 1 : count;
    double[] accuracies = LongStream.rangeClosed(1, most).mapToDouble(heldOut).toArray();
    out.printf(
        Locale.ROOT,
        "mean of %d seeds: held out %.2f %%, lowest %.1f %%%n",
        most,
        100 * DoubleStream.of(accuracies).average().orElseThrow(),
        100 * DoubleStream.of(accuracies).min().orElseThrow());
  }
}
