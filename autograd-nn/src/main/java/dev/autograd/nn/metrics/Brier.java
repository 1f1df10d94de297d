package dev.autograd.nn.metrics;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;

/**
 * The Brier score, the mean squared error of probabilities: 0 is perfect, and it is least in
 * expectation if the probabilities are the true ones. NaN without rows.
 *
 * <pre>{@code
 * Brier brier = Brier.NONE.plus(model.forward(batch.inputs()).sigmoid(), batch.targets());
 * }</pre>
 *
 * <p>Of probabilities of class 1, {@code Σ(p - y)² / n}, from 0 to 1. Of probabilities of all
 * classes, {@code ΣΣ(p[c] - y[c])² / n} with {@code y[c]} 1 for the true class and else 0, from 0
 * to 2: twice the former for two classes.
 *
 * <p>Source: Brier, Verification of forecasts expressed in terms of probability, 1950.
 */
public final class Brier implements Metric<Brier> {

  /** No rows yet. */
  public static final Brier NONE = new Brier(Sum.ZERO, 0);

  private final Sum squares;
  private final long rows;

  private Brier(Sum squares, long rows) {
    this.squares = squares;
    this.rows = rows;
  }

  /**
   * Returns this with a batch added.
   *
   * @param probabilities of class 1, {@code [rows]} or {@code [rows, 1]}; or of all classes, {@code
   *     [rows, classes]}
   * @param targets classes as {@link Classes#ofLabels} reads them
   * @throws ShapeException if the probabilities have another shape
   * @throws IllegalArgumentException if the numbers of rows differ, or a probability is outside [0,
   *     1]
   * @throws IndexOutOfBoundsException if there is no such class
   */
  @Override
  public Brier plus(Tensor probabilities, Tensor targets) {
    Forecasts forecasts = Forecasts.of("Brier", probabilities, targets);
    return new Brier(squares.plus(forecasts.squaredErrors()), rows + forecasts.rows());
  }

  @Override
  public Brier plus(Brier other) {
    return new Brier(squares.plus(other.squares), rows + other.rows);
  }

  @Override
  public long count() {
    return rows;
  }

  @Override
  public double value() {
    return squares.value() / rows;
  }

  /** Returns the value and the number of rows, as in {@code Brier(0.1 of 100)}. */
  @Override
  public String toString() {
    return "Brier(" + value() + " of " + rows + ")";
  }
}
