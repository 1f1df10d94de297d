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
 * How rows of a table become the inputs of a network: first the columns of numbers, standardised,
 * then one 0-or-1 input for each different text of each column of texts.
 *
 * <p>Means, deviations and texts are those of the training rows alone, so that nothing about the
 * rows held out leaks into the training. Columns are found by their names, so that the same
 * features can be read from another table.
 *
 * @param numbers the names of the columns of numbers
 * @param standardizer their means and deviations, {@code [numbers]}
 * @param texts the columns of texts
 */
public record Features(List<String> numbers, Standardizer standardizer, List<TextColumn> texts) {

  /** Takes what cannot change afterwards. */
  public Features {
    numbers = List.copyOf(numbers);
    texts = List.copyOf(texts);
  }

  /**
   * Returns the features of a table.
   *
   * @param leftOut the columns that are no features: the target, and the ignored ones
   * @param training the rows to learn means, deviations and texts from
   * @throws InvalidInputException if there is no column left, or one cannot be a feature
   */
  static Features fit(CsvTable table, Set<String> leftOut, int... training) {
    List<Column.Numbers> numbers = new ArrayList<>();
    List<TextColumn> texts = new ArrayList<>();
    for (int i = 0; i < table.header().size(); i++) {
      if (!leftOut.contains(table.header().get(i))) {
        Column column = Column.feature(table, i);
        if (column instanceof Column.Numbers found) {
          numbers.add(found);
        } else if (column instanceof Column.Texts found) {
          texts.add(TextColumn.fit(table, found, training));
        }
      }
    }
    if (numbers.isEmpty() && texts.isEmpty()) {
      throw new InvalidInputException(
          table.source() + ": no column is left to learn from; add one, or ignore fewer");
    }
    return new Features(
        numbers.stream().map(Column.Numbers::name).toList(),
        Standardizer.fit(matrix(numbers, training)),
        texts);
  }

  private static Tensor matrix(List<Column.Numbers> columns, int... rows) {
    return Tensor.of(
        IntStream.of(rows)
            .mapToObj(
                row -> columns.stream().mapToDouble(column -> column.values().get(row)).toArray())
            .toArray(double[][]::new));
  }

  /** Returns the number of inputs. */
  public int width() {
    return numbers.size() + texts.stream().mapToInt(TextColumn::width).sum();
  }

  /**
   * Returns the inputs of some rows of a table, {@code [rows, width]}; texts that were not learned
   * from are zeros.
   *
   * @throws dev.autograd.nn.io.FormatException if the table lacks a column
   * @throws InvalidInputException if a value is missing, or a number is none
   */
  public Tensor of(CsvTable table, int... rows) {
    List<Column.Numbers> columns =
        numbers.stream().map(name -> Column.numbers(table, name)).toList();
    List<Tensor> inputs = new ArrayList<>();
    inputs.add(standardizer.transform(matrix(columns, rows)));
    texts.forEach(column -> inputs.add(column.of(table, rows)));
    return Tensor.concat(1, inputs);
  }

  /**
   * Returns the inputs of all rows of a table, {@code [rows, width]}.
   *
   * @throws dev.autograd.nn.io.FormatException if the table lacks a column
   * @throws InvalidInputException if a value is missing, a number is none, or a text was not
   *     learned from
   */
  public Tensor ofAll(CsvTable table) {
    texts.forEach(column -> column.requireKnown(table));
    return of(table, IntStream.range(0, table.rows().size()).toArray());
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
