package dev.autograd.nn.io;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifier;
import dev.autograd.Tensor;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table in a CSV file, one after the other, however many there are.
 *
 * <pre>{@code
 * try (CsvReader rows = CsvReader.open(Path.of("large.csv.gz"))) {
 *   while (rows.hasNext()) {
 *     double mass = rows.next().number("mass");
 *   }
 * }
 * try (Stream<Tensor> batches = CsvReader.open(large).batches(256, "mass", "height")) {
 *   batches.forEach(batch -> …);
 * }
 * }</pre>
 *
 * <p>The format is RFC 4180 in UTF-8, with a header row, perhaps compressed with gzip. Fields are
 * separated by commas, semicolons or tabs, whichever the header has most of. Spaces around a field,
 * blank lines and a byte order mark are dropped; quotation marks keep spaces, separators and line
 * breaks inside a field. Messages name the line a row starts on.
 */
public final class CsvReader implements Iterator<CsvRow>, AutoCloseable {

  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
  private static final int MOST_LOOKED_AT = 1 << 14;

  private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|\\r|\\n");

  /**
   * A row after the last one. FastCSV takes the end of the file for the end of a quoted field; this
   * row is then swallowed by the field, so that one sees that it was not closed. Half a surrogate
   * pair does not occur in UTF-8.
   */
  private static final String END = "\uDC00";

  private final String source;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> header;
  private @Nullable CsvRecord last;
  private @Nullable CsvRow next;
  private boolean ended;

  private CsvReader(String source, CloseableIterator<CsvRecord> records) throws IOException {
    this.source = source;
    this.records = records;
    header = readHeader();
  }

  // ---------------------------------------------------------------- opening

  /**
   * Returns the rows of a file; close them after use.
   *
   * @throws FormatException if it has no header
   * @throws UncheckedIOException if it cannot be read
   */
  public static CsvReader open(Path file) {
    String source = file.toString();
    return FileReading.of(file, () -> open(source, Files.newInputStream(file)));
  }

  /**
   * Returns the rows of a stream, which is closed with them.
   *
   * @param source the name for messages
   * @throws FormatException if it has no header
   * @throws UncheckedIOException if it cannot be read
   */
  public static CsvReader of(String source, InputStream in) {
    return FileReading.of(source, () -> open(source, in));
  }

  // The stream is the result's, or closed here.
  @SuppressWarnings("resource")
  private static CsvReader open(String source, InputStream in) throws IOException {
    try {
      Reader text = new BufferedReader(new Utf8Reader(source, Gunzip.ifCompressed(in)));
      FieldModifier trimmed =
          new FieldModifier() {
            @Override
            public String modify(long line, int index, boolean quoted, String field) {
              return quoted ? field : field.trim();
            }
          };
      char separator = separator(text);
      CloseableIterator<CsvRecord> records =
          de.siegmar.fastcsv.reader.CsvReader.builder()
              .fieldSeparator(separator)
              .skipEmptyLines(false)
              .allowExtraFields(true)
              .allowMissingFields(true)
              .allowExtraCharsAfterClosingQuote(false)
              .trimWhitespacesAroundQuotes(true)
              .build(CsvRecordHandler.of(h -> h.fieldModifier(trimmed)), new Ended(text))
              .iterator();
      return new CsvReader(source, records);
    } catch (IOException | RuntimeException | Error e) {
      in.close();
      throw e;
    }
  }

  /** A text with the row {@link #END} after it. */
  private static final class Ended extends FilterReader {

    private final Reader end = new StringReader("\n" + END);

    Ended(Reader text) {
      super(text);
    }

    @Override
    public int read(char[] target, int from, int length) throws IOException {
      int n = in.read(target, from, length);
      return n < 0 ? end.read(target, from, length) : n;
    }
  }

  /** Returns the separator that the first line has most of, and leaves the text at its start. */
  private static char separator(Reader text) throws IOException {
    text.mark(MOST_LOOKED_AT);
    int[] counts = new int[SEPARATORS.size()];
    boolean blank = true;
    boolean quoted = false;
    int c = text.read();
    for (int i = 1; i < MOST_LOOKED_AT && c >= 0 && (blank || c != '\n'); i++) {
      quoted ^= c == '"';
      int separator = SEPARATORS.indexOf((char) c);
      if (separator >= 0 && !quoted) {
        counts[separator]++;
      }
      blank &= Character.isWhitespace(c);
      c = text.read();
    }
    text.reset();
    int most = IntStream.of(counts).max().orElseThrow();
    return SEPARATORS.get(Arrays.stream(counts).boxed().toList().indexOf(most));
  }

  // ---------------------------------------------------------------- header

  private List<String> readHeader() throws IOException {
    CsvRecord record = nextRecord();
    if (record == null) {
      throw new FormatException(
          source, "is empty; a header row with the columns' names and rows of data are needed");
    }
    List<String> names = record.getFields();
    String place = source + ", line " + record.getStartingLineNumber();
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        throw new FormatException(place + ", column " + (i + 1), "has no name; give it one");
      }
      Integer other = positions.putIfAbsent(name, i + 1);
      if (other != null) {
        throw new FormatException(
            place + ", column " + (i + 1),
            "has the same name as column "
                + other
                + ", "
                + FormatException.quote(name)
                + "; rename one of them");
      }
    }
    if (names.stream().allMatch(Numeral::matches)) {
      throw new FormatException(
          place, "holds numbers only; put a header row with the columns' names above it");
    }
    return List.copyOf(names);
  }

  /** Returns the file's name, for messages. */
  public String source() {
    return source;
  }

  /** Returns the columns' names, all different. */
  public List<String> header() {
    return header;
  }

  // ---------------------------------------------------------------- rows

  /**
   * Returns whether there is another row.
   *
   * @throws FormatException if what comes next is no row
   * @throws UncheckedIOException if it cannot be read
   */
  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      CsvRecord record =
          FileReading.of(source, () -> Optional.ofNullable(nextRecord())).orElse(null);
      ended = record == null;
      next = record == null ? null : row(record);
    }
    return next != null;
  }

  /**
   * Returns the next row, as long as the header.
   *
   * @throws NoSuchElementException if there is none
   * @throws FormatException if what comes next is no row
   * @throws UncheckedIOException if it cannot be read
   */
  @Override
  public CsvRow next() {
    CsvRow row = hasNext() ? next : null;
    if (row == null) {
      throw new NoSuchElementException(source + ": there are no more rows");
    }
    next = null;
    return row;
  }

  /**
   * Returns the rows to come as batches of numbers, F64 {@code [size, columns]}, the last one of
   * what is left; no more than one batch is held. Close the stream, which closes this, and do not
   * make it parallel. From the stream, whatever {@link #next} and {@link CsvRow#number} throw.
   *
   * @param size the rows per batch, at least 1
   * @param columns the columns' names, in the order they shall have
   * @throws IllegalArgumentException if the size is below 1
   * @throws FormatException if there is no such column
   */
  public Stream<Tensor> batches(int size, String... columns) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "batches: of " + size + " rows each; there must be at least 1 in each batch");
    }
    for (String column : columns) {
      CsvRow.index(source, header, column);
    }
    return Stream.generate(() -> next(size))
        .takeWhile(rows -> !rows.isEmpty())
        .map(rows -> CsvTable.numbers(rows, columns))
        .onClose(this::close);
  }

  private List<CsvRow> next(int most) {
    List<CsvRow> rows = new ArrayList<>();
    while (rows.size() < most && hasNext()) {
      rows.add(next());
    }
    return rows;
  }

  private CsvRow row(CsvRecord record) {
    List<String> fields = record.getFields();
    long line = record.getStartingLineNumber();
    if (fields.size() != header.size()) {
      throw new FormatException(
          source + ", line " + line,
          "has "
              + fields.size()
              + (fields.size() == 1 ? " field" : " fields")
              + " and the header has "
              + header.size()
              + "; give every row one field per column, in quotes if it holds a separator");
    }
    return new CsvRow(source, header, line, List.copyOf(fields));
  }

  /** Returns the next record that is no blank line, or null after the last one. */
  private @Nullable CsvRecord nextRecord() throws IOException {
    CsvRecord record;
    do {
      record = parseRecord();
    } while (record.getFieldCount() == 1 && record.getField(0).isBlank());
    if (record.getFieldCount() == 1 && record.getField(0).equals(END)) {
      return null;
    }
    if (record.getFields().stream().anyMatch(field -> field.contains(END))) {
      throw wrongQuotes(record.getStartingLineNumber(), null);
    }
    return record;
  }

  private CsvRecord parseRecord() throws IOException {
    try {
      CsvRecord record = records.next();
      last = record;
      return record;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      if (e.getCause() instanceof FormatException known) {
        throw known;
      }
      throw wrongQuotes(last == null ? 1 : lineAfter(last), e);
    }
  }

  private FormatException wrongQuotes(long line, @Nullable Throwable cause) {
    String problem =
        "a quoted field is not closed, or goes on after its closing quote; write a quote inside a"
            + " field as \"\"";
    String place = source + ", line " + line;
    return cause == null
        ? new FormatException(place, problem)
        : new FormatException(place, problem, cause);
  }

  private static long lineAfter(CsvRecord record) {
    long breaks =
        record.getFields().stream()
            .mapToLong(field -> LINE_BREAK.matcher(field).results().count())
            .sum();
    return record.getStartingLineNumber() + breaks + 1;
  }

  /** Closes the file. */
  @Override
  public void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw new UncheckedIOException(source + ": cannot be closed", e);
    }
  }
}
