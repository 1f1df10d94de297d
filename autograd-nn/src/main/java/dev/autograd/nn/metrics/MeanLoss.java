package dev.autograd.nn.metrics;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import java.util.function.BinaryOperator;

/**
 * The mean of a loss over all rows: that of each batch, weighted by its rows. Nothing is recorded.
 * NaN without rows.
 *
 * <pre>{@code
 * MeanLoss loss = MeanLoss.of(Losses::crossEntropy);
 * loss = loss.plus(model.forward(batch.inputs()), batch.targets());
 * }</pre>
 *
 * <p>It is the loss of all rows together only if the loss is a mean over rows, as those of {@link
 * dev.autograd.Losses} are unless told otherwise.
 */
public final class MeanLoss implements Metric<MeanLoss> {

  private final BinaryOperator<Tensor> loss;
  private final Sum sum;
  private final long rows;

  private MeanLoss(BinaryOperator<Tensor> loss, Sum sum, long rows) {
    this.loss = loss;
    this.sum = sum;
    this.rows = rows;
  }

  /**
   * Returns the mean over no rows yet.
   *
   * @param loss the mean loss of a batch, of predictions and targets
   */
  public static MeanLoss of(BinaryOperator<Tensor> loss) {
    return new MeanLoss(loss, Sum.ZERO, 0);
  }

  /**
   * Returns this with a batch added.
   *
   * @param predictions {@code [rows, ...]}
   * @param targets as the loss takes them
   */
  @Override
  public MeanLoss plus(Tensor predictions, Tensor targets) {
    int added = predictions.shape().dim(0);
    double mean = Autograd.noGrad(() -> loss.apply(predictions, targets)).item();
    return new MeanLoss(loss, sum.plus(mean * added), rows + added);
  }

  @Override
  public MeanLoss plus(MeanLoss other) {
    return new MeanLoss(loss, sum.plus(other.sum), rows + other.rows);
  }

  @Override
  public long count() {
    return rows;
  }

  @Override
  public double value() {
    return sum.value() / rows;
  }

  /** Returns the value and the number of rows, as in {@code MeanLoss(0.5 of 100)}. */
  @Override
  public String toString() {
    return "MeanLoss(" + value() + " of " + rows + ")";
  }
}
