package dev.autograd.nn.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often each class was taken for each: a row per true class, a column per predicted one; and
 * precision, recall and F1 of a class or of all. Immutable: adding rows returns another one.
 *
 * <pre>{@code
 * ConfusionMatrix matrix = ConfusionMatrix.of(List.of("benign", "malignant"), predicted, actual);
 * System.out.println(matrix);
 * }</pre>
 *
 * <pre>
 * actual \ predicted  benign  malignant
 * benign                  70          1
 * malignant                2         41
 * </pre>
 *
 * <p>As a {@link Metric}, by which tensors are added: {@link ConfusionMetric}.
 */
public final class ConfusionMatrix {

  private static final String CORNER = "actual \\ predicted";

  private final List<String> names;
  private final long[][] counts;

  private ConfusionMatrix(List<String> names, long[][] counts) {
    this.names = names;
    this.counts = counts;
  }

  /**
   * Returns the counts of classes numbered from 0.
   *
   * @throws IllegalArgumentException if the numbers of rows differ
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public static ConfusionMatrix of(int classes, int[] predicted, int[] actual) {
    return of(IntStream.range(0, classes).mapToObj(Integer::toString).toList(), predicted, actual);
  }

  /**
   * Returns the counts of classes with names, class 0 first.
   *
   * @throws IllegalArgumentException if the numbers of rows differ
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public static ConfusionMatrix of(List<String> names, int[] predicted, int[] actual) {
    return new ConfusionMatrix(List.copyOf(names), new long[names.size()][names.size()])
        .plus(predicted, actual);
  }

  // ---------------------------------------------------------------- adding rows

  /**
   * Returns this with rows added.
   *
   * @throws IllegalArgumentException if the numbers of rows differ
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public ConfusionMatrix plus(int[] predicted, int[] actual) {
    Values.requireOnePerRow("confusion matrix", predicted.length, actual.length);
    long[][] sums = copy();
    for (int row = 0; row < actual.length; row++) {
      Values.requireClass("confusion matrix", "true", row, actual[row], classes());
      Values.requireClass("confusion matrix", "predicted", row, predicted[row], classes());
      sums[actual[row]][predicted[row]]++;
    }
    return new ConfusionMatrix(names, sums);
  }

  /**
   * Returns this with the rows of another one added.
   *
   * @throws IllegalArgumentException if its classes are others
   */
  public ConfusionMatrix plus(ConfusionMatrix other) {
    if (!names.equals(other.names)) {
      throw new IllegalArgumentException(
          "confusion matrix: one part has the classes "
              + names
              + " and the other "
              + other.names
              + "; they must be the same");
    }
    long[][] sums = copy();
    for (int c = 0; c < sums.length; c++) {
      for (int p = 0; p < sums.length; p++) {
        sums[c][p] += other.counts[c][p];
      }
    }
    return new ConfusionMatrix(names, sums);
  }

  private long[][] copy() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  // ---------------------------------------------------------------- counts

  /** Returns the number of classes. */
  public int classes() {
    return names.size();
  }

  /** Returns the number of rows of class {@code actual} that were taken for {@code predicted}. */
  public long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** Returns the number of rows. */
  public long total() {
    return IntStream.range(0, classes()).mapToLong(this::actual).sum();
  }

  private long right() {
    return IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum();
  }

  private long actual(int c) {
    return LongStream.of(counts[c]).sum();
  }

  private long predicted(int c) {
    return IntStream.range(0, classes()).mapToLong(row -> counts[row][c]).sum();
  }

  // ---------------------------------------------------------------- rates

  /** Returns the share of rows predicted right; NaN without rows. */
  public double accuracy() {
    return (double) right() / total();
  }

  /** Returns the share of the rows taken for a class that are of it; NaN if none was. */
  public double precision(int c) {
    return (double) counts[c][c] / predicted(c);
  }

  /** Returns the share of a class's rows that were taken for it; NaN if there are none. */
  public double recall(int c) {
    return (double) counts[c][c] / actual(c);
  }

  /**
   * Returns the harmonic mean of precision and recall, {@code 2 right / (predicted + actual)}; NaN
   * if the class neither occurs nor is predicted.
   */
  public double f1(int c) {
    return 2.0 * counts[c][c] / (predicted(c) + actual(c));
  }

  /** Returns the precision of all classes; NaN without rows. */
  public double precision(Average average) {
    return average(average, this::precision);
  }

  /** Returns the recall of all classes; NaN without rows. */
  public double recall(Average average) {
    return average(average, this::recall);
  }

  /**
   * Returns the F1 of all classes; NaN without rows. It is the mean of the classes' F1, not the
   * harmonic mean of mean precision and mean recall.
   */
  public double f1(Average average) {
    return average(average, this::f1);
  }

  private double average(Average average, IntToDoubleFunction rate) {
    if (average == Average.MICRO) {
      // With one class per row, rows taken for classes and rows of classes are both all rows.
      return accuracy();
    }
    double sum = 0;
    double weights = 0;
    for (int c = 0; c < classes(); c++) {
      long occurrences = actual(c) + predicted(c);
      double weight = average == Average.WEIGHTED ? actual(c) : Math.min(occurrences, 1);
      double found = rate.applyAsDouble(c);
      sum += Double.isNaN(found) ? 0 : weight * found;
      weights += weight;
    }
    return sum / weights;
  }

  // ---------------------------------------------------------------- printing

  /** Returns the table with names, numbers aligned to the right. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    int first = Math.max(CORNER.length(), width(names));
    StringBuilder head = new StringBuilder(padded(CORNER, first));
    for (int c = 0; c < classes(); c++) {
      head.append("  ").append(" ".repeat(columnWidth(c) - names.get(c).length()));
      head.append(names.get(c));
    }
    lines.add(head.toString());
    for (int row = 0; row < classes(); row++) {
      StringBuilder line = new StringBuilder(padded(names.get(row), first));
      for (int c = 0; c < classes(); c++) {
        String count = Long.toString(counts[row][c]);
        line.append("  ").append(" ".repeat(columnWidth(c) - count.length())).append(count);
      }
      lines.add(line.toString());
    }
    return String.join(System.lineSeparator(), lines);
  }

  private int columnWidth(int c) {
    int widest = names.get(c).length();
    for (long[] row : counts) {
      widest = Math.max(widest, Long.toString(row[c]).length());
    }
    return widest;
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
