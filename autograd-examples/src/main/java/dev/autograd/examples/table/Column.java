package dev.autograd.examples.table;

import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.nn.io.CsvTable;
import dev.autograd.nn.io.FormatException;
import dev.autograd.nn.io.Numeral;
import java.util.List;
import java.util.stream.IntStream;

/** A column of a table, of numbers or of texts, without gaps. */
sealed interface Column {

  /** Returns the name in the header. */
  String name();

  /** A column of finite numbers, one per row. */
  record Numbers(String name, List<Double> values) implements Column {}

  /** A column of texts, one per row. */
  record Texts(String name, List<String> values) implements Column {}

  /**
   * Returns a column to learn from: numbers if all its fields are, texts if less than half of them
   * are.
   *
   * @throws InvalidInputException if a field is missing or infinite, or some of the fields of a
   *     column of numbers are none
   */
  static Column feature(CsvTable table, int index) {
    return read(table, index, "fill it in, remove the row, or leave the column out with --ignore");
  }

  /** Returns the column to learn; as {@link #feature}, but for the advice in messages. */
  static Column target(CsvTable table, int index) {
    return read(table, index, "fill it in, or remove the row");
  }

  /**
   * Returns a column that was one of numbers when it was learned from.
   *
   * @throws InvalidInputException if a field is no finite number
   */
  static Numbers numbers(CsvTable table, String name) {
    int index = table.column(name);
    List<String> fields = present(table, index, "fill it in, or remove the row");
    requireNumbers(table, index, fields, "as all were that were learned from");
    return new Numbers(name, fields.stream().map(Double::valueOf).toList());
  }

  /**
   * Returns a column that was one of texts when it was learned from.
   *
   * @throws InvalidInputException if a field is missing
   */
  static Texts texts(CsvTable table, String name) {
    return new Texts(name, present(table, table.column(name), "fill it in, or remove the row"));
  }

  private static Column read(CsvTable table, int index, String remedy) {
    List<String> fields = present(table, index, remedy);
    String name = table.header().get(index);
    long numbers = fields.stream().filter(Numeral::matches).count();
    if (2 * numbers < fields.size()) {
      return new Texts(name, fields);
    }
    requireNumbers(
        table,
        index,
        fields,
        "as " + numbers + " of the column's " + fields.size() + " fields are");
    return new Numbers(name, fields.stream().map(Double::valueOf).toList());
  }

  private static List<String> present(CsvTable table, int index, String remedy) {
    List<String> fields = table.rows().stream().map(row -> row.fields().get(index)).toList();
    for (int row = 0; row < fields.size(); row++) {
      checkPresent(table, row, index, remedy);
    }
    return fields;
  }

  private static void requireNumbers(
      CsvTable table, int index, List<String> fields, String others) {
    IntStream.range(0, fields.size())
        .filter(row -> !Numeral.matches(fields.get(row)))
        .findFirst()
        .ifPresent(
            row -> {
              throw new InvalidInputException(
                  table.place(row, index)
                      + ": "
                      + FormatException.quote(fields.get(row))
                      + " is no number, "
                      + others
                      + "; correct it");
            });
  }

  private static void checkPresent(CsvTable table, int row, int column, String remedy) {
    String field = table.field(row, column);
    if (Numeral.isMissing(field)) {
      throw new InvalidInputException(
          table.place(row, column)
              + ": the value is missing"
              + (field.isEmpty() ? "" : " (" + FormatException.quote(field) + ")")
              + "; "
              + remedy);
    }
    if (Numeral.isInfinite(field)) {
      throw new InvalidInputException(
          table.place(row, column)
              + ": "
              + FormatException.quote(field)
              + " is no finite number; correct it, or remove the row");
    }
  }
}
