package dev.autograd.examples.table;

import dev.autograd.examples.file.InvalidInputException;
import dev.autograd.examples.file.Quoted;
import dev.autograd.examples.file.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads CSV as of RFC 4180, with a header row. Fields are separated by commas, semicolons or tabs,
 * whichever the header has most of; spaces around a field, blank lines and a byte order mark are
 * dropped.
 */
public final class CsvReader {

  private final String source;
  private final List<String> header = new ArrayList<>();
  private final List<CsvTable.Row> rows = new ArrayList<>();

  private CsvReader(String source) {
    this.source = source;
  }

  /**
   * Returns the table in a file, which may be compressed with gzip.
   *
   * @throws InvalidInputException if it is no table with a header and a row
   */
  public static CsvTable read(Path file) {
    return parse(file.toString(), TextFile.read(file));
  }

  /**
   * Returns the table in a text.
   *
   * @param source the name for messages
   * @throws InvalidInputException if it is no table with a header and a row
   */
  public static CsvTable parse(String source, String text) {
    CsvReader reader = new CsvReader(source);
    reader.read(text);
    return new CsvTable(source, List.copyOf(reader.header), List.copyOf(reader.rows));
  }

  private void read(String text) {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter(text))
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(false)
            .get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      readAll(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (header.isEmpty()) {
      throw new InvalidInputException(
          source + ": is empty; a header row with the columns' names and rows of data are needed");
    }
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          source + ": has a header and no rows; add rows of data below it");
    }
  }

  private void readAll(CSVParser parser) {
    Iterator<CSVRecord> records = parser.iterator();
    while (true) {
      long start = parser.getCurrentLineNumber() + 1;
      CSVRecord record;
      try {
        if (!records.hasNext()) {
          return;
        }
        record = records.next();
      } catch (UncheckedIOException e) {
        throw new InvalidInputException(
            source
                + ", line "
                + start
                + ": a quoted field is not closed, or goes on after its closing quote; write a"
                + " quote inside a field as \"\"",
            e);
      }
      if (record.size() > 1 || !record.get(0).isBlank()) {
        add(start, record.toList());
      }
    }
  }

  private void add(long line, List<String> fields) {
    if (header.isEmpty()) {
      checkNames(line, fields);
      header.addAll(fields);
    } else if (fields.size() == header.size()) {
      rows.add(new CsvTable.Row(line, List.copyOf(fields)));
    } else {
      throw new InvalidInputException(
          source
              + ", line "
              + line
              + ": has "
              + fields.size()
              + (fields.size() == 1 ? " field" : " fields")
              + " and the header has "
              + header.size()
              + "; give every row one field per column, in quotes if it holds a separator");
    }
  }

  private void checkNames(long line, List<String> names) {
    String place = source + ", line " + line + ", column ";
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        throw new InvalidInputException(place + (i + 1) + ": has no name; give it one");
      }
      Integer other = positions.putIfAbsent(name, i + 1);
      if (other != null) {
        throw new InvalidInputException(
            place
                + (i + 1)
                + ": has the same name as column "
                + other
                + ", "
                + Quoted.of(name)
                + "; rename one of them");
      }
    }
    if (names.stream().allMatch(Numeral::matches)) {
      throw new InvalidInputException(
          source
              + ", line "
              + line
              + ": holds numbers only; put a header row with the columns' names above it");
    }
  }

  private static String delimiter(String text) {
    String best = ",";
    long most = 0;
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    for (String candidate : List.of(",", ";", "\t")) {
      long count = countOutsideQuotes(first, candidate.charAt(0));
      if (count > most) {
        best = candidate;
        most = count;
      }
    }
    return best;
  }

  private static long countOutsideQuotes(String line, char wanted) {
    long count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == wanted && !quoted) {
        count++;
      }
    }
    return count;
  }
}
