package dev.autograd.examples.table;

import dev.autograd.examples.file.InvalidInputException;
import dev.autograd.examples.file.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The columns to learn from, as numbers: a column of numbers becomes (value - mean) / standard deviation,
 * a column of texts one 0-or-1 input per different text.
 *
 * <p>Means, deviations and texts are those of the training rows alone, so that nothing about the rows
 * held out leaks into the training; a text that no training row has is all zeros.
 */
public final class Features {

  private static final int MOST_TEXTS = 100;

  private final List<Encoding> encodings;
  private final int texts;

  private Features(List<Encoding> encodings, int texts) {
    this.encodings = encodings;
    this.texts = texts;
  }

  /**
   * Returns the features of a table.
   *
   * @param leftOut the columns that are no features: the target, and the ignored ones
   * @param training the rows to learn means, deviations and texts from
   * @throws InvalidInputException if there is no column left, or one cannot be a feature
   */
  public static Features of(CsvTable table, Set<String> leftOut, int[] training) {
    List<Encoding> encodings = new ArrayList<>();
    int texts = 0;
    for (int i = 0; i < table.header().size(); i++) {
      if (leftOut.contains(table.header().get(i))) {
        continue;
      }
      Column column = Column.feature(table, i);
      if (column instanceof Column.Numbers numbers) {
        encodings.add(Standardized.of(numbers.values(), training));
      } else if (column instanceof Column.Texts column2) {
        texts++;
        encodings.add(OneHot.of(table, i, column2.values(), training));
      }
    }
    if (encodings.isEmpty()) {
      throw new InvalidInputException(
          table.source() + ": no column is left to learn from; add one, or ignore fewer");
    }
    return new Features(List.copyOf(encodings), texts);
  }

  /** Returns the number of inputs that a network for these features has. */
  public int width() {
    return encodings.stream().mapToInt(Encoding::width).sum();
  }

  /** Returns the columns in words. */
  public String summary() {
    int numbers = encodings.size() - texts;
    return counted(numbers, "column")
        + " of numbers"
        + (texts == 0 ? "" : " and " + counted(texts, "column") + " of texts")
        + ", "
        + counted(width(), "input");
  }

  private static String counted(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /** Returns the inputs for rows of the table, {@code [rows, width]}. */
  public double[][] of(int[] rows) {
    double[][] inputs = new double[rows.length][width()];
    for (int i = 0; i < rows.length; i++) {
      int at = 0;
      for (Encoding encoding : encodings) {
        encoding.write(rows[i], inputs[i], at);
        at += encoding.width();
      }
    }
    return inputs;
  }

  private sealed interface Encoding {
    int width();

    void write(int row, double[] into, int at);
  }

  private record Standardized(List<Double> values, double mean, double deviation)
      implements Encoding {

    static Standardized of(List<Double> values, int[] training) {
      double mean = IntStream.of(training).mapToDouble(values::get).average().orElseThrow();
      double variance =
          IntStream.of(training)
              .mapToDouble(row -> (values.get(row) - mean) * (values.get(row) - mean))
              .average()
              .orElseThrow();
      // A column that is constant in training says nothing; it becomes 0 there, not 0/0.
      return new Standardized(values, mean, variance == 0 ? 1 : Math.sqrt(variance));
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void write(int row, double[] into, int at) {
      into[at] = (values.get(row) - mean) / deviation;
    }
  }

  private record OneHot(List<String> values, List<String> texts) implements Encoding {

    static OneHot of(CsvTable table, int column, List<String> values, int[] training) {
      long different = values.stream().distinct().count();
      if (different > MOST_TEXTS) {
        throw new InvalidInputException(
            table.place(column)
                + ": has "
                + different
                + " different texts, and each would become an input of its own; leave it out with"
                + " --ignore "
                + Quoted.of(table.header().get(column)));
      }
      Set<String> known = new TreeSet<>();
      IntStream.of(training).mapToObj(values::get).forEach(known::add);
      return new OneHot(values, List.copyOf(known));
    }

    @Override
    public int width() {
      return texts.size();
    }

    @Override
    public void write(int row, double[] into, int at) {
      int text = texts.indexOf(values.get(row));
      if (text >= 0) {
        into[at + text] = 1;
      }
    }
  }
}
