package dev.autograd.examples.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.examples.file.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {

  private static CsvTable parse(String text) {
    return CsvReader.parse("data.csv", text);
  }

  private static List<Long> lines(String text) {
    return parse(text).rows().stream().map(CsvTable.Row::line).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theHeaderTellsTheSeparator(String separator) {
    CsvTable table = parse("a,b,c\n1,2,x\n".replace(",", separator));
    assertThat(table.header()).containsExactly("a", "b", "c");
    assertThat(table.rows()).containsExactly(new CsvTable.Row(2, List.of("1", "2", "x")));
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
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("data.csv, line 3: has 2 fields and the header has 3;");
  }

  @Test
  void textAfterAClosingQuoteIsRefused() {
    assertThatThrownBy(() -> parse("a,b\n1,2\n\"1\"x,2\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("data.csv, line 3: a quoted field is not closed, or goes on");
  }
}
