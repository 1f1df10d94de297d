package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Rows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a table in a CSV file, read at their places when they are asked for: a data set,
 * however large the file is. See {@link CsvReader} for the format.
 *
 * <pre>{@code
 * CsvFile file = CsvFile.open(Path.of("large.csv"));
 * Dataset<Tensor> numbers = file.numbers("mass", "height", "age");
 * Dataset<Examples> data =
 *     numbers.map(x -> new Examples(x.slice(1, 0, 2), x.slice(1, 2, 3)));
 * }</pre>
 *
 * <p>Opening one reads it once from front to back, checks that each row is as long as the header,
 * and keeps where each begins: 12 bytes per row. Nothing stays open. The file must not be
 * compressed, and must not change.
 */
public final class CsvFile implements Dataset<List<CsvRow>> {

  private final Path file;
  private final List<String> header;
  private final byte[] head;
  private final long[] starts;
  private final int[] lines;

  private CsvFile(Path file, List<String> header, byte[] head, long[] starts, int... lines) {
    this.file = file;
    this.header = header;
    this.head = head;
    this.starts = starts;
    this.lines = lines;
  }

  // ---------------------------------------------------------------- opening

  /**
   * Returns the rows of a file.
   *
   * @throws IllegalArgumentException if it is compressed
   * @throws FormatException if it is no table with a header and a row
   * @throws UncheckedIOException if it cannot be read
   */
  public static CsvFile open(Path file) {
    return FileReading.of(
        file,
        () -> {
          Gunzip.requireNone(file, "read it in batches, by CsvReader");
          try (CsvReader reader = CsvReader.open(file);
              InputStream bytes = Files.newInputStream(file)) {
            return index(file, reader, new LineStarts(bytes), Files.size(file));
          }
        });
  }

  /** Reads the file twice side by side: as rows, which know their lines, and as lines. */
  private static CsvFile index(Path file, CsvReader reader, LineStarts begins, long end)
      throws IOException {
    long[] starts = new long[1];
    int[] lines = new int[1];
    int count = 0;
    while (reader.hasNext()) {
      long line = reader.next().line();
      if (count + 1 == starts.length) {
        starts = Arrays.copyOf(starts, grown(count));
        lines = Arrays.copyOf(lines, grown(count));
      }
      starts[count] = begins.of(line);
      lines[count] = Math.toIntExact(line);
      count++;
    }
    if (count == 0) {
      throw new FormatException(
          reader.source(), "has a header and no rows; add rows of data below it");
    }
    starts[count] = end;
    byte[] head = new byte[Math.toIntExact(starts[0])];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Bytes.fill(channel, 0, ByteBuffer.wrap(head));
    }
    return new CsvFile(
        file, reader.header(), head, Arrays.copyOf(starts, count + 1), Arrays.copyOf(lines, count));
  }

  private static int grown(int count) {
    return Math.addExact(count, Math.min(count, Integer.MAX_VALUE - 8 - count) + 2);
  }

  // ---------------------------------------------------------------- reading

  /** Returns the columns' names, all different. */
  public List<String> header() {
    return header;
  }

  @Override
  public int size() {
    return lines.length;
  }

  /**
   * Returns some rows as texts, in the order named.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   * @throws IllegalArgumentException if none is named
   * @throws FormatException if the file changed since it was opened
   * @throws UncheckedIOException if it cannot be read
   */
  @Override
  public List<CsvRow> rows(int... rows) {
    Rows.requireThere(size(), rows);
    return FileReading.of(file, () -> parse(text(rows), rows));
  }

  /** Returns a table of the chosen rows, with the header that the parser wants. */
  private byte[] text(int... rows) throws IOException {
    long length = head.length;
    for (int row : rows) {
      length += starts[row + 1] - starts[row] + 1;
    }
    ByteBuffer text = ByteBuffer.allocate(Math.toIntExact(length)).put(head);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int row : rows) {
        text.limit(text.position() + (int) (starts[row + 1] - starts[row]));
        Bytes.fill(channel, starts[row], text);
        // The last row may end without a line break; a blank line more is no row.
        text.limit(text.capacity()).put((byte) '\n');
      }
    }
    return text.array();
  }

  private List<CsvRow> parse(byte[] text, int... rows) {
    List<CsvRow> found = new ArrayList<>();
    try (CsvReader reader = CsvReader.of(file.toString(), new ByteArrayInputStream(text))) {
      reader.forEachRemaining(found::add);
    }
    if (found.size() != rows.length) {
      throw new FormatException(file.toString(), "changed since it was opened; open it again");
    }
    for (int i = 0; i < rows.length; i++) {
      found.set(i, new CsvRow(file.toString(), header, lines[rows[i]], found.get(i).fields()));
    }
    return found;
  }

  /**
   * Returns columns of numbers as a data set, F64 {@code [n, columns]}. From the data set, a {@link
   * FormatException} that names line and column where there is no finite number.
   *
   * @param columns the columns' names, in the order they shall have
   * @throws FormatException if there is no such column
   */
  public Dataset<Tensor> numbers(String... columns) {
    String[] asked = columns.clone();
    for (String column : asked) {
      CsvRow.index(file.toString(), header, column);
    }
    return map(rows -> CsvTable.numbers(rows, asked));
  }

  /** Returns file and sizes, as in {@code a.csv: 1000 rows of 5 columns}. */
  @Override
  public String toString() {
    return file + ": " + size() + " rows of " + header.size() + " columns";
  }
}
