package dev.autograd.nn.metrics;

import dev.autograd.Tensor;

/**
 * Probabilities that were predicted, and what happened.
 *
 * <p>Of one number per row, it is the probability of class 1. Of several, it is of each class; the
 * event that a row forecasts is then that its most probable class is the true one.
 */
final class Forecasts {

  private final double[][] probabilities;
  private final int[] actual;

  private Forecasts(double[][] probabilities, int... actual) {
    this.probabilities = probabilities;
    this.actual = actual;
  }

  static Forecasts of(String metric, Tensor probabilities, Tensor targets) {
    Tensor rows = probabilities.rank() == 1 ? probabilities.unsqueeze(1) : probabilities;
    double[][] values = Values.matrix(metric, "probabilities", rows);
    boolean binary = rows.shape().dim(1) == 1;
    for (int row = 0; row < values.length; row++) {
      for (double p : values[row]) {
        Values.requireProbability(metric, row, p, binary ? "apply sigmoid()" : "apply softmax(1)");
      }
    }
    int[] actual = Classes.ofLabels(targets);
    Values.requireOnePerRow(metric, values.length, actual.length);
    for (int row = 0; row < actual.length; row++) {
      Values.requireClass(metric, "true", row, actual[row], binary ? 2 : values[row].length);
    }
    return new Forecasts(values, actual);
  }

  int rows() {
    return actual.length;
  }

  /** Returns the probability that a row gave to its event. */
  double probability(int row) {
    return probabilities[row][likeliest(row)];
  }

  /** Returns whether a row's event happened. */
  boolean happened(int row) {
    return actual[row] == (probabilities[row].length == 1 ? 1 : likeliest(row));
  }

  private int likeliest(int row) {
    int best = 0;
    for (int c = 1; c < probabilities[row].length; c++) {
      best = probabilities[row][c] > probabilities[row][best] ? c : best;
    }
    return best;
  }

  /** Returns the squared errors of each row's probabilities, added up. */
  double[] squaredErrors() {
    double[] squares = new double[rows()];
    for (int row = 0; row < squares.length; row++) {
      double[] p = probabilities[row];
      for (int c = 0; c < p.length; c++) {
        double truth = actual[row] == (p.length == 1 ? 1 : c) ? 1 : 0;
        squares[row] += (p[c] - truth) * (p[c] - truth);
      }
    }
    return squares;
  }
}
