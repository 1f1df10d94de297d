package dev.autograd.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.nn.io.CsvTable;
import dev.autograd.nn.io.FormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

  @TempDir Path folder;

  private static Epoch epoch(int number, double loss, double score) {
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put("score, best", score);
    measures.put("\"f1\"", score / 3);
    return new Epoch(number, number * 7L, loss, measures, 1e-3 / number, 0.25 * number);
  }

  private static final History TWO =
      new History(
          List.of(epoch(1, 0.1, 0.3), epoch(2, Double.MIN_VALUE, 1.0 / 3)),
          History.End.STOPPED,
          "\"loss\" is small");

  private Path file(String name) {
    return folder.resolve(name);
  }

  @Test
  void csvIsATableWithExactNumbers() throws IOException {
    TWO.toCsv(file("history.csv"));
    assertThat(Files.readString(file("history.csv")))
        .isEqualTo(
            """
            epoch,steps,loss,"score, best",\"""f1\""",lr,seconds
            1,7,0.1,0.3,0.09999999999999999,0.001,0.25
            2,14,4.9E-324,0.3333333333333333,0.1111111111111111,5.0E-4,0.5
            """);
    CsvTable table = CsvTable.read(file("history.csv"));
    assertThat(table.numbers("score, best").toDoubleArray()).isEqualTo(TWO.values("score, best"));
    assertThat(table.numbers("loss").toDoubleArray()).isEqualTo(TWO.values("loss"));
  }

  @Test
  void csvWithoutEpochsIsAHeader() throws IOException {
    new History(List.of(), History.End.COMPLETED, "").toCsv(file("history.csv"));
    assertThat(Files.readString(file("history.csv"))).isEqualTo("epoch,steps,loss,lr,seconds\n");
  }

  @Test
  void jsonIsReadBackWithTheSameBits() throws IOException {
    History strange =
        new History(
            List.of(epoch(1, Double.NaN, Double.NEGATIVE_INFINITY), epoch(2, -0.0, 3)),
            History.End.COMPLETED,
            "");
    for (History history : List.of(TWO, strange)) {
      history.toJson(file("history.json"));
      assertThat(History.fromJson(file("history.json"))).isEqualTo(history);
    }
    assertThat(Files.readString(file("history.json")))
        .startsWith("{\"end\":\"COMPLETED\",\"reason\":\"\",\"epochs\":[{\"epoch\":1,\"steps\":7,")
        .contains("\"loss\":\"NaN\"")
        .endsWith("]}\n");
  }

  @Test
  void refusesWhatIsNoHistory() throws IOException {
    for (String text :
        List.of(
            "",
            "[]",
            "{}",
            "{\"end\":1}",
            "{\"end\":\"NEVER\",\"reason\":\"\",\"epochs\":[]}",
            "{\"end\":\"RUNNING\",\"reason\":\"\",\"epochs\":[{\"epoch\":1}]}",
            "{\"end\":")) {
      Files.writeString(file("bad.json"), text);
      assertThatThrownBy(() -> History.fromJson(file("bad.json")))
          .as(text)
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith(file("bad.json").toString());
    }
    Files.write(file("bad.json"), new byte[] {'{', (byte) 0xff, '}'});
    assertThatThrownBy(() -> History.fromJson(file("bad.json")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("is no UTF-8 text");
    assertThatThrownBy(() -> History.fromJson(file("none.json")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void theLastEpochMustBeThere() {
    assertThat(TWO.last().number()).isEqualTo(2);
    assertThatThrownBy(() -> new History(List.of(), History.End.RUNNING, "").last())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("history: no epoch is over yet");
  }
}
