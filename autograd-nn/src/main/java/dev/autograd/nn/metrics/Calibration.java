package dev.autograd.nn.metrics;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Whether what is predicted with a probability of 0.8 happens in 80 % of cases: a table of bins,
 * and the expected calibration error, {@code Σ n[b] / n · |frequency[b] - confidence[b]|}. NaN
 * without rows.
 *
 * <pre>{@code
 * Calibration calibration = Calibration.of(15).plus(model.forward(x).softmax(1), classes);
 * System.out.println(calibration);
 * }</pre>
 *
 * <pre>
 * probability       rows  confidence  frequency
 * [0.000, 0.500]      70      0.1234     0.1000
 * (0.500, 1.000]      30      0.9012     0.9333
 * </pre>
 *
 * <p>Of probabilities of class 1 the event is class 1; of probabilities of all classes it is that
 * the most probable class, the first of several, is the true one. The bins have equal width; one
 * reaches from {@code b / bins}, excluded but for 0, to {@code (b + 1) / bins}, included. The error
 * depends on the bins: compare only what was gathered with as many.
 *
 * <p>Source: Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, 2017.
 */
public final class Calibration implements Metric<Calibration> {

  private final long[] rows;
  private final long[] events;
  private final List<Sum> probabilities;

  private Calibration(long[] rows, long[] events, List<Sum> probabilities) {
    this.rows = rows;
    this.events = events;
    this.probabilities = probabilities;
  }

  /**
   * What happened in the rows whose probability is in one bin.
   *
   * @param from where the bin begins, excluded unless it is 0
   * @param to where it ends, included
   * @param rows how many rows there are
   * @param confidence the mean of their probabilities; NaN without rows
   * @param frequency the share of rows in which the event happened; NaN without rows
   */
  public record Bin(double from, double to, long rows, double confidence, double frequency) {}

  /**
   * Returns the calibration of no rows yet.
   *
   * @param bins the number of bins, at least 1; 10 and 15 are usual
   * @throws IllegalArgumentException if it is below 1
   */
  public static Calibration of(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException(
          "calibration: the bins are " + bins + "; there must be at least 1, 15 are usual");
    }
    return new Calibration(new long[bins], new long[bins], Collections.nCopies(bins, Sum.ZERO));
  }

  /**
   * Returns this with a batch added.
   *
   * @param forecasts probabilities of class 1, {@code [rows]} or {@code [rows, 1]}; or of all
   *     classes, {@code [rows, classes]}
   * @param targets classes as {@link Classes#ofLabels} reads them
   * @throws ShapeException if the probabilities have another shape
   * @throws IllegalArgumentException if the numbers of rows differ, or a probability is outside [0,
   *     1]
   * @throws IndexOutOfBoundsException if there is no such class
   */
  @Override
  public Calibration plus(Tensor forecasts, Tensor targets) {
    Forecasts read = Forecasts.of("calibration", forecasts, targets);
    long[] newRows = rows.clone();
    long[] newEvents = events.clone();
    List<Sum> sums = new ArrayList<>(probabilities);
    for (int row = 0; row < read.rows(); row++) {
      double p = read.probability(row);
      int bin = bin(p);
      newRows[bin]++;
      newEvents[bin] += read.happened(row) ? 1 : 0;
      sums.set(bin, sums.get(bin).plus(p));
    }
    return new Calibration(newRows, newEvents, sums);
  }

  private int bin(double p) {
    int bins = rows.length;
    int bin = Math.max(0, (int) Math.ceil(p * bins) - 1);
    // The product is rounded, the borders of the bins are what they are said to be.
    while (bin > 0 && p <= (double) bin / bins) {
      bin--;
    }
    while (bin < bins - 1 && p > (double) (bin + 1) / bins) {
      bin++;
    }
    return bin;
  }

  /**
   * Returns this with all rows added that another one has gathered.
   *
   * @throws IllegalArgumentException if it has another number of bins
   */
  @Override
  public Calibration plus(Calibration other) {
    if (rows.length != other.rows.length) {
      throw new IllegalArgumentException(
          "calibration: one part has "
              + rows.length
              + " bins and the other "
              + other.rows.length
              + "; gather with the same");
    }
    long[] newRows = rows.clone();
    long[] newEvents = events.clone();
    List<Sum> sums = new ArrayList<>();
    for (int b = 0; b < rows.length; b++) {
      newRows[b] += other.rows[b];
      newEvents[b] += other.events[b];
      sums.add(probabilities.get(b).plus(other.probabilities.get(b)));
    }
    return new Calibration(newRows, newEvents, sums);
  }

  /** Returns the bins, from 0 to 1: the reliability diagram, as a table. */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < rows.length; b++) {
      bins.add(
          new Bin(
              (double) b / rows.length,
              (double) (b + 1) / rows.length,
              rows[b],
              probabilities.get(b).value() / rows[b],
              (double) events[b] / rows[b]));
    }
    return List.copyOf(bins);
  }

  @Override
  public long count() {
    return LongStream.of(rows).sum();
  }

  /** Returns the expected calibration error, from 0 to 1; NaN without rows. */
  @Override
  public double value() {
    double sum = 0;
    for (int b = 0; b < rows.length; b++) {
      sum += Math.abs(events[b] - probabilities.get(b).value());
    }
    return sum / count();
  }

  /** Returns the largest difference of frequency and confidence in a bin; NaN without rows. */
  public double maximumError() {
    return bins().stream()
        .filter(bin -> bin.rows() > 0)
        .mapToDouble(bin -> Math.abs(bin.frequency() - bin.confidence()))
        .max()
        .orElse(Double.NaN);
  }

  /** Returns the table of the bins that have rows. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add("probability       rows  confidence  frequency");
    for (Bin bin : bins()) {
      if (bin.rows() > 0) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s%.3f, %.3f] %7d  %10.4f  %9.4f",
                bin.from() == 0 ? "[" : "(",
                bin.from(),
                bin.to(),
                bin.rows(),
                bin.confidence(),
                bin.frequency()));
      }
    }
    return String.join(System.lineSeparator(), lines);
  }
}
