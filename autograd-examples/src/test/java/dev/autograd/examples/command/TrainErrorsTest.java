package dev.autograd.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything a user can do wrong is one line on the error stream, with the place and the remedy.
 */
class TrainErrorsTest {

  private static final String HELP = "; see autograd-examples train --help";

  /** Ten rows of a column of numbers, one of texts, and two classes. */
  private static final List<String> ROWS =
      List.of(
          "size,colour,kind",
          "1,red,x",
          "2,red,y",
          "3,green,x",
          "4,green,y",
          "5,red,x",
          "6,red,y",
          "7,green,x",
          "8,green,y",
          "9,red,x",
          "10,red,y");

  @TempDir private Path folder;

  private Path write(String... lines) throws IOException {
    return Files.write(folder.resolve("data.csv"), List.of(lines));
  }

  /** Returns the table with another text on a line, counted from 1. */
  private Path withLine(int number, String text) throws IOException {
    List<String> lines = new ArrayList<>(ROWS);
    lines.set(number - 1, text);
    return write(lines.toArray(String[]::new));
  }

  private static void assertFails(Path file, String message, String... options) {
    List<String> args = new ArrayList<>(List.of("train", file.toString(), "--epochs", "1"));
    args.addAll(Arrays.asList(options));
    if (!args.contains("--target")) {
      args.addAll(List.of("--target", "kind"));
    }
    Run run = Run.of(args.toArray(String[]::new));
    assertThat(run.err()).isEqualTo("error: " + message + System.lineSeparator());
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test
  void theTableItselfIsFine() throws IOException {
    Path file = withLine(1, ROWS.get(0));
    assertThat(Run.of("train", file.toString(), "--target", "kind", "--epochs", "1").exit())
        .isZero();
  }

  // ---------------------------------------------------------------- the file

  @Test
  void noSuchFile() {
    Path file = folder.resolve("nothing.csv");
    assertFails(file, file + ": there is no such file; check the path");
  }

  @Test
  void aDirectory() {
    assertFails(folder, folder + ": is a directory; name a file in it");
  }

  @Test
  void anEmptyFile() throws IOException {
    Path file = write();
    assertFails(
        file,
        file + ": is empty; a header row with the columns' names and rows of data are needed");
  }

  @Test
  void aHeaderOnly() throws IOException {
    Path file = write(ROWS.get(0));
    assertFails(file, file + ": has a header and no rows; add rows of data below it");
  }

  @Test
  void noText() throws IOException {
    byte[] bytes = String.join("\n", ROWS).getBytes(StandardCharsets.UTF_8);
    bytes[String.join("\n", ROWS.subList(0, 3)).length() + 1] = (byte) 0xff;
    Path file = Files.write(folder.resolve("data.csv"), bytes);
    assertFails(file, file + ", line 4: is no UTF-8 text; save the file in UTF-8");
  }

  @Test
  void damagedCompression() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(String.join("\n", ROWS).getBytes(StandardCharsets.UTF_8));
    }
    Path file = folder.resolve("data.csv.gz");
    Files.write(file, Arrays.copyOf(packed.toByteArray(), 40));
    assertFails(
        file,
        file + ": is cut off (Unexpected end of ZLIB input stream); fetch it, or write it, again");
  }

  // ---------------------------------------------------------------- header and rows

  @Test
  void duplicateNames() throws IOException {
    Path file = withLine(1, "size,size,kind");
    assertFails(
        file,
        file + ", line 1, column 2: has the same name as column 1, \"size\"; rename one of them");
  }

  @Test
  void aColumnWithoutAName() throws IOException {
    Path file = withLine(1, "size,,kind");
    assertFails(file, file + ", line 1, column 2: has no name; give it one");
  }

  @Test
  void noHeader() throws IOException {
    Path file = write("1,2", "3,4");
    assertFails(
        file,
        file + ", line 1: holds numbers only; put a header row with the columns' names above it");
  }

  @Test
  void aRowTooShort() throws IOException {
    Path file = withLine(4, "3,x");
    assertFails(
        file,
        file
            + ", line 4: has 2 fields and the header has 3; give every row one field per column, in"
            + " quotes if it holds a separator");
  }

  @Test
  void aRowTooLong() throws IOException {
    Path file = withLine(11, "10,red,y,1");
    assertFails(
        file,
        file
            + ", line 11: has 4 fields and the header has 3; give every row one field per column, in"
            + " quotes if it holds a separator");
  }

  @Test
  void aQuoteThatIsNotClosed() throws IOException {
    Path file = withLine(6, "5,\"red,x");
    assertFails(
        file,
        file
            + ", line 6: a quoted field is not closed, or goes on after its closing quote; write a"
            + " quote inside a field as \"\"");
  }

  // ---------------------------------------------------------------- values

  @ParameterizedTest
  @CsvSource({"'',''", "NaN,' (\"NaN\")'", "na,' (\"na\")'", "?,' (\"?\")'", "'\" \"',' (\" \")'"})
  void aMissingNumber(String field, String shown) throws IOException {
    Path file = withLine(7, field + ",red,y");
    assertFails(
        file,
        file
            + ", line 7, column \"size\": the value is missing"
            + shown
            + "; fill it in, remove the row, or leave the column out with --ignore");
  }

  @Test
  void aMissingText() throws IOException {
    Path file = withLine(2, "1,,x");
    assertFails(
        file,
        file
            + ", line 2, column \"colour\": the value is missing; fill it in, remove the row, or"
            + " leave the column out with --ignore");
  }

  @Test
  void aMissingTarget() throws IOException {
    Path file = withLine(3, "2,red,");
    assertFails(
        file,
        file + ", line 3, column \"kind\": the value is missing; fill it in, or remove the row");
  }

  @ParameterizedTest
  @CsvSource({"inf", "-Infinity", "1e999"})
  void anInfiniteNumber(String field) throws IOException {
    Path file = withLine(5, field + ",green,y");
    assertFails(
        file,
        file
            + ", line 5, column \"size\": \""
            + field
            + "\" is no finite number; correct it, or remove the row");
  }

  @Test
  void aNumberWithALetter() throws IOException {
    Path file = withLine(11, "1O,red,y");
    assertFails(
        file,
        file
            + ", line 11, column \"size\": \"1O\" is no number, as 9 of the column's 10 fields are;"
            + " correct it");
  }

  @Test
  void textsThatAreNames() throws IOException {
    Path file =
        write(
            IntStream.range(0, 300)
                .mapToObj(
                    i -> i == 0 ? "name,kind" : "n" + i % 101 + "," + (i % 2 == 0 ? "x" : "y"))
                .toArray(String[]::new));
    assertFails(
        file,
        file
            + ", column \"name\": has 101 different texts, and each would become an input; leave the"
            + " column out with --ignore \"name\"");
  }

  // ---------------------------------------------------------------- the target

  @Test
  void anUnknownTarget() throws IOException {
    Path file = withLine(1, ROWS.get(0));
    assertFails(
        file,
        file + ": there is no column \"sort\"; the columns are \"size\", \"colour\", \"kind\"",
        "--target",
        "sort");
  }

  @Test
  void anUnknownColumnToIgnore() throws IOException {
    Path file = withLine(1, ROWS.get(0));
    assertFails(
        file,
        file + ": there is no column \"age\"; the columns are \"size\", \"colour\", \"kind\"",
        "--ignore",
        "colour,age");
  }

  @Test
  void manyColumnsAreNotAllListed() throws IOException {
    String header = String.join(",", IntStream.range(0, 30).mapToObj(i -> "c" + i).toList());
    Path file = write(header, header.replace("c", ""));
    String names =
        String.join(", ", IntStream.range(0, 20).mapToObj(i -> "\"c" + i + "\"").toList());
    assertFails(
        file, file + ": there is no column \"kind\"; the columns are " + names + " and 10 more");
  }

  @Test
  void aTargetWithOneClass() throws IOException {
    Path file = write("a,kind", "1,x", "2,x", "3,x");
    assertFails(
        file,
        file
            + ", column \"kind\": all rows are of the class \"x\"; at least two classes are needed,"
            + " so choose another --target");
  }

  @Test
  void aTargetWithOneNumber() throws IOException {
    Path file = write("a,kind", "1,7", "2,7", "3,7");
    for (String[] options : new String[][] {{}, {"--regression"}}) {
      assertFails(
          file,
          file
              + ", column \"kind\": all rows have the value \"7\", there is nothing to learn; choose"
              + " another --target",
          options);
    }
  }

  @Test
  void aClassWithOneRow() throws IOException {
    Path file = withLine(8, "7,green,z");
    assertFails(
        file,
        file
            + ", line 8, column \"kind\": is the only row of the class \"z\"; a class needs two, to"
            + " train and to test on: add a row, or remove this one");
  }

  @Test
  void aTargetOfNames() throws IOException {
    Path file = write("a,kind", "1,Ann", "2,Bob", "3,Cid", "4,Dan");
    assertFails(
        file,
        file
            + ", column \"kind\": has 4 different texts in 4 rows, too many for classes; choose"
            + " another --target");
  }

  @Test
  void regressionOnTexts() throws IOException {
    Path file = withLine(1, ROWS.get(0));
    assertFails(
        file,
        file
            + ", line 2, column \"kind\": \"x\" is no number; leave out --regression to learn texts"
            + " as classes",
        "--regression");
  }

  @Test
  void nothingToLearnFrom() throws IOException {
    Path file = withLine(1, ROWS.get(0));
    assertFails(
        file,
        file + ": no column is left to learn from; add one, or ignore fewer",
        "--ignore",
        "size,colour");
  }

  @Test
  void tooFewRowsToTestOn() throws IOException {
    Path file = withLine(1, ROWS.get(0));
    assertFails(
        file,
        file
            + ": of 10 rows, 1 would be held out and 9 trained on; both need 2 at least: add rows,"
            + " or change --test-fraction",
        "--test-fraction",
        "0.1");
  }

  @Test
  void trainingThatDiverges() throws IOException {
    Path file = withLine(1, ROWS.get(0));
    assertFails(
        file,
        "training: it diverges in epoch 1; try a smaller --lr",
        "--regression",
        "--target",
        "size",
        "--lr",
        "1e300",
        "--batch",
        "2");
  }

  @Test
  void aLastStepThatDiverges() throws IOException {
    Path file = withLine(1, ROWS.get(0));
    assertFails(
        file,
        "training: it diverged, the network's answers are infinite; try a smaller --lr",
        "--lr",
        "1e308");
  }

  // ---------------------------------------------------------------- options

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epochs | 0 | '0' is no whole number from 1 to 1000000",
        "--epochs | -3 | '-3' is no whole number from 1 to 1000000",
        "--batch | 1.5 | '1.5' is no whole number from 1 to 1000000",
        "--batch | 0 | '0' is no whole number from 1 to 1000000",
        "--lr | 0 | '0' is no number above 0",
        "--lr | -1e-3 | '-1e-3' is no number above 0",
        "--lr | NaN | 'NaN' is no number above 0",
        "--lr | Infinity | 'Infinity' is no number above 0",
        "--lr | fast | 'fast' is no number above 0",
        "--test-fraction | 0 | '0' is no number between 0 and 1",
        "--test-fraction | 1 | '1' is no number between 0 and 1",
        "--test-fraction | 20% | '20%' is no number between 0 and 1",
        "--seed | one | 'one' is not a long",
      })
  void anOptionOutOfRange(String option, String value, String message) throws IOException {
    Path file = withLine(1, ROWS.get(0));
    String said = "Invalid value for option '" + option + "': " + message + HELP;
    Run run = Run.of("train", file.toString(), "--target", "kind", option + "=" + value);
    assertThat(run).isEqualTo(new Run(2, "", "error: " + said + System.lineSeparator()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | 0", "8,-2 | -2", "8,x | x", "8,,4 | ''", "10001 | 10001"})
  void aWidthOutOfRange(String widths, String wrong) throws IOException {
    Path file = withLine(1, ROWS.get(0));
    Run run = Run.of("train", file.toString(), "--target", "kind", "--hidden", widths);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "error: Invalid value for option '--hidden' (WIDTH): '"
                + wrong
                + "' is no whole number from 1 to 10000"
                + HELP
                + System.lineSeparator());
  }

  @Test
  void theTargetIsRequired() throws IOException {
    Path file = withLine(1, ROWS.get(0));
    assertThat(Run.of("train", file.toString()))
        .isEqualTo(
            new Run(
                2,
                "",
                "error: Missing required option: '--target=COLUMN'"
                    + HELP
                    + System.lineSeparator()));
  }

  @Test
  void theFileIsRequired() {
    assertThat(Run.of("train", "--target", "kind"))
        .isEqualTo(
            new Run(
                2,
                "",
                "error: Missing required parameter: 'FILE.csv'" + HELP + System.lineSeparator()));
  }
}
