package dev.autograd.nn.io;

import dev.autograd.Tensor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of texts with at least one row, as it stands in a file; see {@link CsvReader} for the
 * format, and for tables that are too large for this; {@link CsvFile} reads such by rows.
 *
 * <pre>{@code
 * CsvTable table = CsvTable.read(Path.of("iris.csv"));
 * Tensor x = table.numbers("sepal length", "sepal width");
 * }</pre>
 *
 * @param source the file's name, for messages
 * @param header the columns' names, all different
 * @param rows the rows, each as long as the header
 */
public record CsvTable(String source, List<String> header, List<CsvRow> rows) {

  /** Copies the lists. */
  public CsvTable {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * Returns the table in a file, which may be compressed with gzip.
   *
   * @throws FormatException if it is no table with a header and a row
   * @throws UncheckedIOException if it cannot be read
   */
  public static CsvTable read(Path file) {
    try (CsvReader reader = CsvReader.open(file)) {
      return read(reader);
    }
  }

  /**
   * Returns the table in a stream, which may be compressed with gzip, and is closed.
   *
   * @param source the name for messages
   * @throws FormatException if it is no table with a header and a row
   * @throws UncheckedIOException if it cannot be read
   */
  public static CsvTable read(String source, InputStream in) {
    try (CsvReader reader = CsvReader.of(source, in)) {
      return read(reader);
    }
  }

  /**
   * Returns the table that a text is.
   *
   * @param source the name for messages
   * @throws FormatException if it is no table with a header and a row
   */
  public static CsvTable parse(String source, String text) {
    return read(source, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static CsvTable read(CsvReader reader) {
    List<CsvRow> rows = new ArrayList<>();
    reader.forEachRemaining(rows::add);
    if (rows.isEmpty()) {
      throw new FormatException(
          reader.source(), "has a header and no rows; add rows of data below it");
    }
    return new CsvTable(reader.source(), reader.header(), rows);
  }

  /** Returns the text in a row and a column, both counted from 0. */
  public String field(int row, int column) {
    return rows.get(row).fields().get(column);
  }

  /**
   * Returns the number of a named column, from 0.
   *
   * @throws FormatException if there is none of that name; the message lists those there are
   */
  public int column(String name) {
    return CsvRow.index(source, header, name);
  }

  /**
   * Returns columns of numbers, F64, {@code [rows, columns]}.
   *
   * @throws FormatException if there is no such column, or a value is missing or no finite number;
   *     the message names line and column
   */
  public Tensor numbers(String... columns) {
    return numbers(rows, columns);
  }

  /** Returns columns of numbers of some rows. */
  static Tensor numbers(List<CsvRow> rows, String... columns) {
    double[][] numbers = new double[rows.size()][columns.length];
    for (int row = 0; row < numbers.length; row++) {
      for (int i = 0; i < columns.length; i++) {
        numbers[row][i] = rows.get(row).number(columns[i]);
      }
    }
    return Tensor.of(numbers);
  }

  /**
   * Returns the table of those rows in which no value of some columns is missing; all columns if
   * none is named.
   *
   * @throws FormatException if there is no such column, or no row is left
   */
  public CsvTable withoutMissing(String... columns) {
    List<String> asked = columns.length == 0 ? header : List.of(columns);
    List<CsvRow> left =
        rows.stream().filter(row -> asked.stream().noneMatch(row::isMissing)).toList();
    if (left.isEmpty()) {
      throw new FormatException(
          source, "in each row a value is missing; fill some in, or ask for fewer columns");
    }
    return new CsvTable(source, header, left);
  }

  /** Returns where a field is, for a message. */
  public String place(int row, int column) {
    return rows.get(row).place(column);
  }

  /** Returns where a column is, for a message. */
  public String place(int column) {
    return source + ", column " + FormatException.quote(header.get(column));
  }
}
