package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import dev.autograd.nn.data.Dataset;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

  private static final String TABLE = "mass;name\n1;a\n2,5;b\n\n\"3\";\"c\nd\"\n-4;e";

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("x.csv"), text);
  }

  @Test
  void readsRowsInTheOrderNamed() throws IOException {
    CsvFile file = CsvFile.open(file(TABLE));
    assertThat(file.header()).containsExactly("mass", "name");
    assertThat(file.size()).isEqualTo(4);
    List<CsvRow> rows = file.rows(3, 2, 0, 3);
    assertThat(rows).extracting(row -> row.text("name")).containsExactly("e", "c\nd", "a", "e");
    assertThat(rows).extracting(CsvRow::line).containsExactly(7L, 5L, 2L, 7L);
    assertThat(file).hasToString(folder.resolve("x.csv") + ": 4 rows of 2 columns");
  }

  @Test
  void readsNumbers() throws IOException {
    CsvFile file = CsvFile.open(file(TABLE));
    Dataset<Tensor> masses = file.numbers("mass");
    assertThat(masses.rows(2, 3).toDoubleMatrix()).isDeepEqualTo(new double[][] {{3}, {-4}});
    assertThatThrownBy(() -> masses.rows(0, 1))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            folder.resolve("x.csv")
                + ", line 3, column \"mass\": \"2,5\" is no finite number; correct it, or leave the"
                + " row out");
    assertThatThrownBy(() -> file.numbers("height"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("there is no column \"height\"");
  }

  /** Pieces of fields that look like the ends of fields, rows and quotes. */
  @Provide
  Arbitrary<String> fields() {
    return Arbitraries.of("x", "ü", "𝄞", "\"", ",", "\n", "\r", "\r\n", " ", "1")
        .list()
        .ofMaxSize(5)
        .map(pieces -> String.join("", pieces));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void rowsAreThoseOfTheTable(
      @ForAll @Size(min = 2, max = 30) List<@From("fields") String> fields,
      @ForAll("breaks") List<String> breaks,
      @ForAll boolean quoted,
      @ForAll boolean endsWithBreak)
      throws IOException {
    StringBuilder text = new StringBuilder("\uFEFFa,b");
    int rows = fields.size() / 2;
    for (int row = 0; row < rows; row++) {
      text.append(breaks.get(row % breaks.size()));
      text.append(field(fields.get(2 * row), quoted)).append(',');
      text.append(field(fields.get(2 * row + 1), quoted));
    }
    text.append(endsWithBreak ? breaks.get(0) : "");
    Path csv = Files.createTempFile("rows", ".csv");
    try {
      Files.writeString(csv, text);
      CsvTable table = CsvTable.read(csv);
      CsvFile file = CsvFile.open(csv);
      assertThat(file.size()).isEqualTo(table.rows().size());
      for (int row = 0; row < rows; row++) {
        assertThat(file.rows(row)).containsExactly(table.rows().get(row));
      }
      int[] backwards = IntStream.range(0, rows).map(row -> rows - 1 - row).toArray();
      List<CsvRow> reversed = new ArrayList<>(table.rows());
      Collections.reverse(reversed);
      assertThat(file.rows(backwards)).isEqualTo(reversed);
    } finally {
      Files.delete(csv);
    }
  }

  @Provide
  Arbitrary<List<String>> breaks() {
    return Arbitraries.of("\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r", "\n \n")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static String field(String text, boolean quoted) {
    boolean needed = text.codePoints().anyMatch(c -> "\",\r\n".indexOf(c) >= 0);
    return quoted || needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  @Test
  void linesAreFoundBeyondOneBuffer() throws IOException {
    StringBuilder text = new StringBuilder("n,text\r\n");
    for (int row = 0; row < 5000; row++) {
      text.append(row).append(',').append("x".repeat(row % 17)).append("\r\n");
    }
    CsvFile file = CsvFile.open(file(text.toString()));
    Dataset<Tensor> numbers = file.numbers("n");
    for (int row = 0; row < 5000; row += 7) {
      assertThat(numbers.rows(row).item(0, 0)).isEqualTo(row);
    }
    int[] all = IntStream.range(0, 5000).toArray();
    assertThat(numbers.rows(all).toDoubleArray())
        .isEqualTo(IntStream.of(all).asDoubleStream().toArray());
  }

  @Test
  void refusesWhatHasNoRowsToFind() throws IOException {
    assertThatThrownBy(() -> CsvFile.open(file("a,b\n")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("has a header and no rows");
    assertThatThrownBy(() -> CsvFile.open(file("a,b\n1,2\n3\n")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("line 3");
    Path zip = folder.resolve("x.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zip))) {
      out.write(1);
    }
    assertThatThrownBy(() -> CsvFile.open(zip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is compressed")
        .hasMessageContaining("by CsvReader");
    CsvFile two = CsvFile.open(file("a\n1\n2"));
    assertThatThrownBy(() -> two.rows(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aFileThatChangedIsRefused() throws IOException {
    CsvFile file = CsvFile.open(file("a,b\n10,2\n30,4\n"));
    file("a,b\n\n\n\n\n\n\n\n\n\n\n\n");
    assertThatThrownBy(() -> file.rows(1))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("changed since it was opened");
    file("a,b\n10,2\n");
    assertThatThrownBy(() -> file.rows(1))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("became shorter");
  }

  // ---------------------------------------------------------------- batches, from front to back

  @Test
  void readsBatches() throws IOException {
    Path csv = file("a,b\n1,2\n3,4\n5,6\n");
    try (Stream<Tensor> batches = CsvReader.open(csv).batches(2, "b", "a")) {
      List<Tensor> found = batches.toList();
      assertThat(found).extracting(Tensor::shape).containsExactly(Shape.of(2, 2), Shape.of(1, 2));
      assertThat(found.get(0).toDoubleArray()).containsExactly(2, 1, 4, 3);
      assertThat(found.get(1).toDoubleArray()).containsExactly(6, 5);
    }
    try (CsvReader reader = CsvReader.open(csv)) {
      assertThatThrownBy(() -> reader.batches(0, "a")).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> reader.batches(1, "c")).isInstanceOf(FormatException.class);
    }
  }

  @Test
  void batchesAreReadWhenTheyAreAskedFor() throws IOException {
    Path csv = file("a\n1\nx\n");
    try (Stream<Tensor> batches = CsvReader.open(csv).batches(1, "a")) {
      assertThat(batches.limit(1).toList().get(0).item(0, 0)).isEqualTo(1);
    }
    try (Stream<Tensor> batches = CsvReader.open(csv).batches(1, "a")) {
      assertThatThrownBy(batches::toList)
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("line 3");
    }
  }
}
