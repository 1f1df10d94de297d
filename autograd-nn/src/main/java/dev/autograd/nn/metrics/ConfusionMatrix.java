package dev.autograd.nn.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each: a row per true class, a column per predicted one.
 * Immutable.
 *
 * <pre>
 * actual \ predicted  benign  malignant
 * benign                  70          1
 * malignant                2         41
 * </pre>
 */
public final class ConfusionMatrix {

  private static final String CORNER = "actual \\ predicted";

  private final List<String> names;
  private final int[][] counts;

  private ConfusionMatrix(List<String> names, int[][] counts) {
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
    if (predicted.length != actual.length) {
      throw new IllegalArgumentException(
          "confusion matrix: "
              + predicted.length
              + " predictions for "
              + actual.length
              + " rows; give one per row");
    }
    int[][] counts = new int[names.size()][names.size()];
    for (int row = 0; row < actual.length; row++) {
      requireClass("true", row, actual[row], names.size());
      requireClass("predicted", row, predicted[row], names.size());
      counts[actual[row]][predicted[row]]++;
    }
    return new ConfusionMatrix(List.copyOf(names), counts);
  }

  private static void requireClass(String which, int row, int found, int classes) {
    if (found < 0 || found >= classes) {
      throw new IndexOutOfBoundsException(
          "confusion matrix: the "
              + which
              + " class of row "
              + row
              + " is "
              + found
              + "; there are classes 0 to "
              + (classes - 1));
    }
  }

  /** Returns the number of classes. */
  public int classes() {
    return names.size();
  }

  /** Returns the number of rows of class {@code actual} that were taken for {@code predicted}. */
  public int count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** Returns the number of rows. */
  public int total() {
    return IntStream.range(0, classes()).map(this::actual).sum();
  }

  private int actual(int c) {
    return IntStream.of(counts[c]).sum();
  }

  private int predicted(int c) {
    return IntStream.range(0, classes()).map(row -> counts[row][c]).sum();
  }

  /** Returns the share of rows predicted right; NaN without rows. */
  public double accuracy() {
    int right = IntStream.range(0, classes()).map(c -> counts[c][c]).sum();
    return (double) right / total();
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
        String count = Integer.toString(counts[row][c]);
        line.append("  ").append(" ".repeat(columnWidth(c) - count.length())).append(count);
      }
      lines.add(line.toString());
    }
    return String.join(System.lineSeparator(), lines);
  }

  private int columnWidth(int c) {
    int widest = names.get(c).length();
    for (int[] row : counts) {
      widest = Math.max(widest, Integer.toString(row[c]).length());
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
