package dev.autograd.nn.metrics;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.Arrays;
import java.util.Locale;

/**
 * The area under the receiver operating characteristic: how likely a row of class 1 has a larger
 * score than a row of class 0, equal scores counting one half. Prediction first, then truth.
 *
 * <pre>{@code
 * RocAuc auc = RocAuc.NONE.plus(model.forward(batch.inputs()), batch.targets());
 * }</pre>
 *
 * <p>{@code (Σ ranks of class 1 - m (m + 1) / 2) / (m n)}, with mid-ranks for equal scores, {@code
 * m} rows of class 1 and {@code n} of class 0; the pairs are counted exactly. NaN as long as one of
 * the classes has no row.
 *
 * <p>It is no sum over rows: all scores are kept, 8 bytes each.
 *
 * <p>Source: Mann and Whitney, On a test of whether one of two random variables is stochastically
 * larger than the other, 1947; Fawcett, An introduction to ROC analysis, 2006.
 */
public final class RocAuc implements Metric<RocAuc> {

  /** No rows yet. */
  public static final RocAuc NONE = new RocAuc(SortedValues.NONE, SortedValues.NONE);

  private final SortedValues ones;
  private final SortedValues zeros;

  private RocAuc(SortedValues ones, SortedValues zeros) {
    this.ones = ones;
    this.zeros = zeros;
  }

  /**
   * Returns this with a batch added.
   *
   * @param scores of class 1, as logits, probabilities or anything that orders rows; {@code [rows]}
   *     or {@code [rows, 1]}
   * @param targets classes 0 and 1 as {@link Classes#ofLabels} reads them
   * @throws ShapeException if there are several per row
   * @throws IllegalArgumentException if the numbers of rows differ, a score is NaN, or a class is
   *     neither 0 nor 1
   */
  @Override
  public RocAuc plus(Tensor scores, Tensor targets) {
    double[] values = Values.onePerRow("ROC AUC", "scores", scores);
    boolean[] events = Values.events("ROC AUC", targets);
    Values.requireOnePerRow("ROC AUC", values.length, events.length);
    return new RocAuc(
        ones.plus(where(true, events, values)), zeros.plus(where(false, events, values)));
  }

  private static double[] where(boolean wanted, boolean[] events, double[] values) {
    double[] chosen = new double[values.length];
    int n = 0;
    for (int row = 0; row < values.length; row++) {
      if (events[row] == wanted) {
        chosen[n++] = values[row];
      }
    }
    return Arrays.copyOf(chosen, n);
  }

  @Override
  public RocAuc plus(RocAuc other) {
    return new RocAuc(ones.plus(other.ones), zeros.plus(other.zeros));
  }

  @Override
  public long count() {
    return ones.count() + zeros.count();
  }

  @Override
  public double value() {
    double[] low = zeros.ascending();
    long wins = 0;
    long ties = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : ones.ascending()) {
      while (below < low.length && low[below] < score) {
        below++;
      }
      while (notAbove < low.length && low[notAbove] <= score) {
        notAbove++;
      }
      wins += below;
      ties += notAbove - below;
    }
    return (wins + ties / 2.0) / ((double) ones.count() * zeros.count());
  }

  /**
   * Returns the value and the rows of each class, as in {@code RocAuc(0.9750, 40 ones, 60 zeros)}.
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "RocAuc(%.4f, %d ones, %d zeros)", value(), ones.count(), zeros.count());
  }
}
