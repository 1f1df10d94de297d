package dev.autograd.examples.table;

import dev.autograd.Tensor;
import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.nn.data.Standardizer;
import dev.autograd.nn.io.CsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The columns to learn from, as the inputs of a network: first the columns of numbers,
 * standardised, then one 0-or-1 input for each different text of each column of texts.
 *
 * <p>Means, deviations and texts are those of the training rows alone, so that nothing about the
 * rows held out leaks into the training.
 */
public final class Features {

  private final List<List<Double>> numbers = new ArrayList<>();
  private final List<OneHot> texts = new ArrayList<>();
  private final Standardizer standardizer;

  private Features(CsvTable table, Set<String> leftOut, int... training) {
    for (int i = 0; i < table.header().size(); i++) {
      if (!leftOut.contains(table.header().get(i))) {
        Column column = Column.feature(table, i);
        if (column instanceof Column.Numbers found) {
          numbers.add(found.values());
        } else if (column instanceof Column.Texts found) {
          texts.add(OneHot.of(table, i, found.values(), training));
        }
      }
    }
    if (numbers.isEmpty() && texts.isEmpty()) {
      throw new InvalidInputException(
          table.source() + ": no column is left to learn from; add one, or ignore fewer");
    }
    standardizer = Standardizer.fit(numbers(training));
  }

  /**
   * Returns the features of a table.
   *
   * @param leftOut the columns that are no features: the target, and the ignored ones
   * @param training the rows to learn means, deviations and texts from
   * @throws InvalidInputException if there is no column left, or one cannot be a feature
   */
  static Features of(CsvTable table, Set<String> leftOut, int... training) {
    return new Features(table, leftOut, training);
  }

  /** Returns the number of inputs. */
  public int width() {
    return numbers.size() + ones();
  }

  private int ones() {
    return texts.stream().mapToInt(column -> column.texts().size()).sum();
  }

  /** Returns the inputs of some rows of the table, {@code [rows, width]}. */
  Tensor of(int... rows) {
    return Tensor.concat(1, standardizer.transform(numbers(rows)), texts(rows));
  }

  private Tensor numbers(int... rows) {
    return Tensor.of(
        IntStream.of(rows)
            .mapToObj(row -> numbers.stream().mapToDouble(column -> column.get(row)).toArray())
            .toArray(double[][]::new));
  }

  private Tensor texts(int... rows) {
    double[][] inputs = new double[rows.length][ones()];
    for (int i = 0; i < rows.length; i++) {
      int from = 0;
      for (OneHot column : texts) {
        column.write(rows[i], inputs[i], from);
        from += column.texts().size();
      }
    }
    return Tensor.of(inputs);
  }

  /** Returns the columns in words. */
  @Override
  public String toString() {
    String columns = counted(numbers.size(), "column of numbers", "columns of numbers");
    if (!texts.isEmpty()) {
      columns += " and " + counted(texts.size(), "column of texts", "columns of texts");
    }
    return columns + ", " + counted(width(), "input", "inputs");
  }

  private static String counted(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }
}
