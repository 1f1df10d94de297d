package dev.autograd.nn.io;

import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes tables as CSV files: UTF-8, commas, lines that end in a line feed, quotation marks where a
 * field needs them. {@link CsvReader} reads them back.
 */
public final class CsvWriter {

  private CsvWriter() {}

  /**
   * Writes lines of fields, the header first, whole or not at all.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, Iterable<? extends List<String>> lines) {
    AtomicFile.write(
        file, out -> write(new OutputStreamWriter(out, StandardCharsets.UTF_8), lines));
  }

  /**
   * Writes lines of fields to a stream, which is flushed and stays open.
   *
   * @throws IOException if it cannot be written to
   */
  public static void write(Writer text, Iterable<? extends List<String>> lines) throws IOException {
    // Not closed: the stream below is its owner's.
    @SuppressWarnings("resource")
    de.siegmar.fastcsv.writer.CsvWriter csv =
        de.siegmar.fastcsv.writer.CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    try {
      lines.forEach(csv::writeRecord);
      csv.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
