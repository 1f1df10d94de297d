package dev.autograd.examples.table;

import dev.autograd.Tensor;
import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.nn.data.OneHot;
import dev.autograd.nn.io.CsvTable;
import dev.autograd.nn.io.FormatException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A column of texts as numbers: one input per different text, 1 where the row has it and else 0.
 *
 * @param name the column's
 * @param known the texts that have an input; a row with another one is all zeros
 */
public record TextColumn(String name, OneHot<String> known) {

  private static final int MOST_TEXTS = 100;

  /**
   * Returns the encoding with the texts of the training rows.
   *
   * @throws InvalidInputException if the column has too many different texts
   */
  static TextColumn fit(CsvTable table, Column.Texts column, int... training) {
    long different = column.values().stream().distinct().count();
    if (different > MOST_TEXTS) {
      throw new InvalidInputException(
          table.place(table.column(column.name()))
              + ": has "
              + different
              + " different texts, and each would become an input; leave the column out with --ignore "
              + FormatException.quote(column.name()));
    }
    return new TextColumn(
        column.name(), OneHot.fit(IntStream.of(training).mapToObj(column.values()::get).toList()));
  }

  /** Returns the number of inputs. */
  int width() {
    return known.width();
  }

  /** Returns the inputs of some rows of a table, {@code [rows, width]}. */
  Tensor of(CsvTable table, int... rows) {
    List<String> values = Column.texts(table, name).values();
    List<String> chosen = IntStream.of(rows).mapToObj(values::get).toList();
    return known.withUnknown().transform(chosen).slice(1, 0, width());
  }

  /**
   * Checks that each row of a table has one of the texts.
   *
   * @throws InvalidInputException if one has another
   */
  void requireKnown(CsvTable table) {
    List<String> values = Column.texts(table, name).values();
    for (int row = 0; row < values.size(); row++) {
      if (!known.categories().contains(values.get(row))) {
        throw new InvalidInputException(
            table.place(row, table.column(name))
                + ": "
                + FormatException.quote(values.get(row))
                + " is none of the texts that were learned from: "
                + FormatException.quote(String.join(", ", known.categories()))
                + "; correct it, or remove the row");
      }
    }
  }
}
