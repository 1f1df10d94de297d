package dev.autograd.examples.table;

import dev.autograd.examples.file.InvalidInputException;
import dev.autograd.examples.file.Quoted;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of texts, as it stands in a file: every row as long as the header, and with its line.
 *
 * @param source the file's name, for messages
 * @param header the columns' names, all different
 * @param rows the rows, at least one
 */
public record CsvTable(String source, List<String> header, List<Row> rows) {

  private static final int MOST_NAMES = 20;

  /**
   * A row of a table.
   *
   * @param line the line of the file that the row starts on, from 1
   * @param fields one text per column
   */
  public record Row(long line, List<String> fields) {}

  /** Returns the text in a row and a column, both counted from 0. */
  public String field(int row, int column) {
    return rows.get(row).fields().get(column);
  }

  /**
   * Returns the number of a named column, from 0.
   *
   * @throws InvalidInputException if there is none of that name; the message lists those there are
   */
  public int column(String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      throw new InvalidInputException(
          source + ": there is no column " + Quoted.of(name) + "; the columns are " + names());
    }
    return column;
  }

  private String names() {
    String shown =
        header.stream().limit(MOST_NAMES).map(Quoted::of).collect(Collectors.joining(", "));
    int more = header.size() - MOST_NAMES;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  /** Returns where a field is, for a message. */
  String place(int row, int column) {
    return source + ", line " + rows.get(row).line() + ", column " + Quoted.of(header.get(column));
  }

  /** Returns where a column is, for a message. */
  String place(int column) {
    return source + ", column " + Quoted.of(header.get(column));
  }
}
