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
 * @param name the column's
 * @param texts the texts that have an input, in order; a row with another one is all zeros
 */
public record OneHot(String name, List<String> texts) {

  private static final int MOST_TEXTS = 100;

  /** Takes what cannot change afterwards. */
  public OneHot {
    texts = List.copyOf(texts);
  }

  /**
   * Returns the encoding with the texts of the training rows.
   *
   * @throws InvalidInputException if the column has too many different texts
   */
  static OneHot fit(CsvTable table, Column.Texts column, int... training) {
    long different = column.values().stream().distinct().count();
    if (different > MOST_TEXTS) {
      throw new InvalidInputException(
          table.place(table.column(column.name()))
              + ": has "
              + different
              + " different texts, and each would become an input; leave the column out with --ignore "
              + FormatException.quote(column.name()));
    }
    Set<String> known = new TreeSet<>();
    IntStream.of(training).mapToObj(column.values()::get).forEach(known::add);
    return new OneHot(column.name(), List.copyOf(known));
  }

  /** Writes the inputs of a text into an array, from a place on. */
  void write(String text, double[] into, int from) {
    int place = texts.indexOf(text);
    if (place >= 0) {
      into[from + place] = 1;
    }
  }

  /**
   * Checks that each row of a table has one of the texts.
   *
   * @throws InvalidInputException if one has another
   */
  void requireKnown(CsvTable table) {
    List<String> values = Column.texts(table, name).values();
    for (int row = 0; row < values.size(); row++) {
      if (!texts.contains(values.get(row))) {
        throw new InvalidInputException(
            table.place(row, table.column(name))
                + ": "
                + FormatException.quote(values.get(row))
                + " is none of the texts that were learned from: "
                + FormatException.quote(String.join(", ", texts))
                + "; correct it, or remove the row");
      }
    }
  }
}
