package dev.autograd.examples.table;

import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.nn.io.CsvTable;
import dev.autograd.nn.io.FormatException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A column of texts as numbers: one input per different text, 1 where the row has it and else 0.
 *
 * @param values the text of each row
 * @param texts the texts that have an input, in order; a row with another one is all zeros
 */
record OneHot(List<String> values, List<String> texts) {

  private static final int MOST_TEXTS = 100;

  /**
   * Returns the encoding with the texts of the training rows.
   *
   * @throws InvalidInputException if the column has too many different texts
   */
  static OneHot of(CsvTable table, int column, List<String> values, int... training) {
    long different = values.stream().distinct().count();
    if (different > MOST_TEXTS) {
      String name = FormatException.quote(table.header().get(column));
      throw new InvalidInputException(
          table.place(column)
              + ": has "
              + different
              + " different texts, and each would become an input; leave the column out with --ignore "
              + name);
    }
    Set<String> known = new TreeSet<>();
    IntStream.of(training).mapToObj(values::get).forEach(known::add);
    return new OneHot(values, List.copyOf(known));
  }

  /** Writes the inputs of a row into an array, from a place on. */
  void write(int row, double[] into, int from) {
    int text = texts.indexOf(values.get(row));
    if (text >= 0) {
      into[from + text] = 1;
    }
  }
}
