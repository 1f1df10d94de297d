package dev.autograd.nn.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

  private static CsvTable parse(String text) {
    return CsvTable.parse("data.csv", text);
  }

  private static List<Long> lines(String text) {
    return parse(text).rows().stream().map(CsvRow::line).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theHeaderTellsTheSeparator(String separator) {
    CsvTable table = parse("a,b,c\n1,2,x\n".replace(",", separator));
    assertThat(table.header()).containsExactly("a", "b", "c");
    assertThat(table.rows())
        .containsExactly(new CsvRow("data.csv", table.header(), 2, List.of("1", "2", "x")));
  }

  @Test
  void separatorsInsideQuotesDoNotCount() {
    CsvTable table = parse("\"a;b;c;d\",e\n\"1,5\",\"say \"\"x\"\"\"\n");
    assertThat(table.header()).containsExactly("a;b;c;d", "e");
    assertThat(table.rows().get(0).fields()).containsExactly("1,5", "say \"x\"");
  }

  @Test
  void spacesAroundFieldsAreDropped() {
    CsvTable table = parse(" a , b\n 1 ,\tx \n");
    assertThat(table.header()).containsExactly("a", "b");
    assertThat(table.rows().get(0).fields()).containsExactly("1", "x");
  }

  @Test
  void rowsHaveTheLinesOfTheFile() {
    assertThat(lines("a,b\n1,2\n3,4\n")).containsExactly(2L, 3L);
    assertThat(lines("a,b\n1,2\n3,4")).containsExactly(2L, 3L);
    assertThat(lines("a,b\r\n1,2\r\n3,4\r\n")).containsExactly(2L, 3L);
  }

  @Test
  void blankLinesAreSkippedAndCounted() {
    assertThat(lines("\na,b\n\n1,2\n   \n3,4\n\n")).containsExactly(4L, 6L);
  }

  @Test
  void aRowOfSeveralLinesHasTheFirst() {
    assertThat(lines("a,b\n\"1\n1\",2\n3,4\n")).containsExactly(2L, 4L);
    assertThat(lines("a,b\r\n\"1\r\n1\",2\r\n3,4\r\n")).containsExactly(2L, 4L);
  }

  @Test
  void aRowOfSeveralLinesThatIsTooShortHasTheFirst() {
    assertThatThrownBy(() -> parse("a,b,c\n1,2,3\n\"1\n1\",2\n"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("data.csv, line 3: has 2 fields and the header has 3;");
  }

  @Test
  void textAfterAClosingQuoteIsRefused() {
    assertThatThrownBy(() -> parse("a,b\n1,2\n\"1\"x,2\n"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("data.csv, line 3: a quoted field is not closed, or goes on");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(FormatException.class)
        .hasMessage("data.csv" + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b\n1,2\n\"3,4\n", "a,b\n1,2\n\"3,4", "a,b\r\n1,2\r\n3,\"4\r\n5,6\r\n"})
  void aQuoteThatIsNotClosedIsRefused(String text) {
    refused(
        text,
        ", line 3: a quoted field is not closed, or goes on after its closing quote; write a quote"
            + " inside a field as \"\"");
  }

  @Test
  void theLineOfAWrongQuoteCountsLinesInsideFields() {
    assertThatThrownBy(() -> parse("a,b\n\n\"1\r\n1\",\"2\n\n\"\n \n\"1\"x,2\n"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("data.csv, line 8: a quoted field");
    assertThatThrownBy(() -> parse("\"a\"x,b\n"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("data.csv, line 1: a quoted field");
  }

  @Test
  void quotesKeepSpacesAndSeparators() {
    CsvTable table = parse("a,b,c\n \" x \" , \"1,5\" ,\"\"\n");
    assertThat(table.rows().get(0).fields()).containsExactly(" x ", "1,5", "");
  }

  @Test
  void headersThatCannotBe() {
    refused("", ": is empty; a header row with the columns' names and rows of data are needed");
    refused(
        "\n \n", ": is empty; a header row with the columns' names and rows of data are needed");
    refused("a,,b\n", ", line 1, column 2: has no name; give it one");
    refused(
        "\na,b,a\n",
        ", line 2, column 3: has the same name as column 1, \"a\"; rename one of them");
    refused(
        "1,2\n3,4\n",
        ", line 1: holds numbers only; put a header row with the columns' names above it");
    refused("a,b\n", ": has a header and no rows; add rows of data below it");
  }

  @Test
  void bytesThatAreNoUtf8AreNamedByLine() {
    byte[] bytes = "a,b\n1,2\n3,\u00e9\n".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> CsvTable.read("data.csv", new ByteArrayInputStream(bytes)))
        .isInstanceOf(FormatException.class)
        .hasMessage("data.csv, line 3: is no UTF-8 text; save the file in UTF-8");
    byte[] cut = Arrays.copyOf("a,b\n1,\u00e9".getBytes(UTF_8), 7);
    assertThatThrownBy(() -> CsvTable.read("data.csv", new ByteArrayInputStream(cut)))
        .isInstanceOf(FormatException.class)
        .hasMessage("data.csv, line 2: is no UTF-8 text; save the file in UTF-8");
  }

  @Test
  void longTextsAreDecodedPieceByPiece() {
    String text = "a,b\n" + "1,é\uD83D\uDE00\n".repeat(5000);
    CsvTable table = parse("\uFEFF" + text);
    assertThat(table.header()).containsExactly("a", "b");
    assertThat(table.rows()).hasSize(5000);
    assertThat(table.rows()).allMatch(row -> row.text("b").equals("é\uD83D\uDE00"));
    assertThat(table.rows().get(4999).line()).isEqualTo(5001);
  }

  @Test
  void gzipIsUnpacked() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write("a,b\n1,2\n".getBytes(UTF_8));
    }
    byte[] zipped = out.toByteArray();
    CsvTable table = CsvTable.read("data.csv.gz", new ByteArrayInputStream(zipped));
    assertThat(table.numbers("b", "a").toDoubleArray()).containsExactly(2, 1);
    byte[] cut = Arrays.copyOf(zipped, zipped.length - 10);
    assertThatThrownBy(() -> CsvTable.read("data.csv.gz", new ByteArrayInputStream(cut)))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("data.csv.gz: is cut off (Unexpected end of ZLIB input stream");
  }

  // ---------------------------------------------------------------- one row at a time

  @Test
  void rowsComeOneByOne() {
    String text = "a,b\n1,x\n2\n3,z\n";
    AtomicBoolean closed = new AtomicBoolean();
    InputStream in =
        new ByteArrayInputStream(text.getBytes(UTF_8)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    try (CsvReader rows = CsvReader.of("data.csv", in)) {
      assertThat(rows.header()).containsExactly("a", "b");
      assertThat(rows.source()).isEqualTo("data.csv");
      assertThat(rows.next().number("a")).isEqualTo(1);
      assertThatThrownBy(rows::hasNext)
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith("data.csv, line 3: has 1 field and the header has 2;");
      assertThat(rows.next().text("b")).as("the one after it").isEqualTo("z");
      assertThat(rows.hasNext()).isFalse();
      assertThat(rows.hasNext()).isFalse();
      assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(closed).isTrue();
  }

  // ---------------------------------------------------------------- numbers

  @Test
  void numbersAreATensor() {
    CsvTable table = parse("a,name,b\n1,x,-2.5e3\n.5,y,+7\n");
    Tensor numbers = table.numbers("b", "a");
    assertThat(numbers.toDoubleMatrix()).isDeepEqualTo(new double[][] {{-2500, 1}, {7, 0.5}});
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 'the value is missing (\"NaN\"); fill it in, or leave the row out'",
    "'', 'the value is missing; fill it in, or leave the row out'",
    "1d, '\"1d\" is no finite number; correct it, or leave the row out'",
    "-inf, '\"-inf\" is no finite number; correct it, or leave the row out'",
    "1e999, '\"1e999\" is no finite number; correct it, or leave the row out'"
  })
  void whatIsNoNumberIsNamedByLineAndColumn(String field, String message) {
    CsvTable table = parse("a,b\n1,2\n\n3," + field + "\n");
    assertThatThrownBy(() -> table.numbers("a", "b"))
        .isInstanceOf(FormatException.class)
        .hasMessage("data.csv, line 4, column \"b\": " + message);
  }

  @Test
  void rowsWithMissingValuesCanBeLeftOut() {
    CsvTable table = parse("a,b,c\n1,?,x\n2,5,\n3,6,z\n");
    assertThat(table.withoutMissing("a", "b").numbers("a").toDoubleArray()).containsExactly(2, 3);
    assertThat(table.withoutMissing().numbers("b").toDoubleArray()).containsExactly(6);
    assertThatThrownBy(() -> parse("a,b\n1,\n,2\n").withoutMissing())
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "data.csv: in each row a value is missing; fill some in, or ask for fewer columns");
  }

  @Test
  void columnsThatAreNotThereAreNamed() {
    assertThatThrownBy(() -> parse("a,b\n1,2\n").numbers("c"))
        .isInstanceOf(FormatException.class)
        .hasMessage("data.csv: there is no column \"c\"; the columns are \"a\", \"b\"");
  }
}
