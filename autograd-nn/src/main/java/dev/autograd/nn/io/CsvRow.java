package dev.autograd.nn.io;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A row of a table of texts, as it stands in a file.
 *
 * @param source the file's name, for messages
 * @param header the columns' names, all different
 * @param line the line of the file that the row starts on, from 1
 * @param fields one text per column
 */
public record CsvRow(String source, List<String> header, long line, List<String> fields) {

  private static final int MOST_NAMES = 20;

  /**
   * Returns the text in a column.
   *
   * @throws FormatException if there is no such column
   */
  public String text(String column) {
    return fields.get(index(source, header, column));
  }

  /**
   * Returns whether the value in a column is not known; see {@link Numeral#isMissing}.
   *
   * @throws FormatException if there is no such column
   */
  public boolean isMissing(String column) {
    return Numeral.isMissing(text(column));
  }

  /**
   * Returns the number in a column.
   *
   * @throws FormatException if there is no such column, or it has no finite number here
   */
  public double number(String column) {
    int index = index(source, header, column);
    String field = fields.get(index);
    if (Numeral.isMissing(field)) {
      throw new FormatException(
          place(index),
          "the value is missing"
              + (field.isEmpty() ? "" : " (" + FormatException.quote(field) + ")")
              + "; fill it in, or leave the row out");
    }
    if (!Numeral.matches(field) || Numeral.isInfinite(field)) {
      throw new FormatException(
          place(index),
          FormatException.quote(field) + " is no finite number; correct it, or leave the row out");
    }
    return Double.parseDouble(field);
  }

  /** Returns where a field is, by the number of its column from 0, for a message. */
  public String place(int column) {
    return source + ", line " + line + ", column " + FormatException.quote(header.get(column));
  }

  /**
   * Returns the number of a named column, from 0.
   *
   * @throws FormatException if there is none of that name; the message lists those there are
   */
  static int index(String source, List<String> header, String name) {
    int index = header.indexOf(name);
    if (index < 0) {
      String shown =
          header.stream()
              .limit(MOST_NAMES)
              .map(FormatException::quote)
              .collect(Collectors.joining(", "));
      int more = header.size() - MOST_NAMES;
      throw new FormatException(
          source,
          "there is no column "
              + FormatException.quote(name)
              + "; the columns are "
              + shown
              + (more > 0 ? " and " + more + " more" : ""));
    }
    return index;
  }
}
