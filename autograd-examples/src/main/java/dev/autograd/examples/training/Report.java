package dev.autograd.examples.training;

import dev.autograd.examples.table.Problem;
import dev.autograd.examples.table.Target;
import dev.autograd.nn.metrics.ConfusionMatrix;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a user is told about an experiment, before and after. */
public final class Report {

  private static final int WIDEST_MATRIX = 20;

  private final PrintWriter out;

  /** Makes a report that is printed to a writer. */
  public Report(PrintWriter out) {
    this.out = out;
  }

  /** Prints what is learned, from what, and with which network. */
  public void describe(Experiment experiment) {
    Problem problem = experiment.problem();
    out.println("Target:   \"" + problem.target().name() + "\", " + problem.target().reading());
    out.println("Features: " + problem.features());
    out.println("Network:  " + experiment);
    out.println(
        "Rows:     "
            + problem.training().size()
            + " to train on, "
            + problem.heldOut().size()
            + " held out"
            + (problem.target() instanceof Target.Classes ? ", the same share of each class" : ""));
  }

  /** Prints how well the network answers. */
  public void judge(Result result) {
    if (result instanceof Result.Decisions decisions) {
      judge(decisions);
    } else if (result instanceof Result.Estimates estimates) {
      Result.Fit training = estimates.training();
      Result.Fit heldOut = estimates.heldOut();
      line(
          "RMSE: training %.4g, held out %.4g (in the target's units)",
          training.rmse(), heldOut.rmse());
      line(
          "R2:   training %.3f, held out %.3f (share of variance explained)",
          training.r2(), heldOut.r2());
    }
  }

  private void judge(Result.Decisions decisions) {
    ConfusionMatrix heldOut = decisions.heldOut();
    line(
        "Accuracy: training %.1f %%, held out %.1f %%",
        100 * decisions.training(), 100 * heldOut.accuracy());
    line(
        "          (always answering the most frequent class: %.1f %%)",
        100 * mostFrequent(heldOut));
    out.println();
    if (heldOut.classes() <= WIDEST_MATRIX) {
      out.println("The held-out rows, by their class and by the network's answer:");
      out.println();
      heldOut.toString().lines().forEach(row -> out.println("  " + row));
    }
  }

  private static double mostFrequent(ConfusionMatrix matrix) {
    long most =
        IntStream.range(0, matrix.classes())
            .mapToLong(
                c -> IntStream.range(0, matrix.classes()).mapToLong(p -> matrix.count(c, p)).sum())
            .max()
            .orElse(0);
    return (double) most / matrix.total();
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }
}
