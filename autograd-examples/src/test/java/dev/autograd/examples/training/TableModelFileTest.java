package dev.autograd.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.examples.table.Task;
import dev.autograd.nn.Dense;
import dev.autograd.nn.io.CsvTable;
import dev.autograd.nn.io.FormatException;
import dev.autograd.nn.io.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableModelFileTest {

  private static final Recipe RECIPE = new Recipe(List.of(5), 3, 8, 0.01, 0);

  @TempDir private Path folder;

  /** Rows of a number, a colour, a kind of 2, one of 3, and a price. */
  private static CsvTable table() {
    StringBuilder text = new StringBuilder("size,colour,two,three,price\n");
    for (int i = 0; i < 30; i++) {
      text.append(i)
          .append(i % 3 == 0 ? ",red" : ",\"deep, blue\"")
          .append(",k")
          .append(i % 2)
          .append(",m")
          .append(i % 3)
          .append(',')
          .append(10 + 0.5 * i)
          .append('\n');
    }
    return CsvTable.parse("data.csv", text.toString());
  }

  private static TableModel trained(String target) {
    Experiment experiment =
        Experiment.of(table(), new Task(target, Set.of(), false, 0.2), RECIPE, 1);
    experiment.run(UnaryOperator.identity());
    return experiment.model();
  }

  @ParameterizedTest
  @ValueSource(strings = {"two", "three", "price", "colour"})
  void whatIsReadAnswersWithTheSameBits(String target) {
    TableModel model = trained(target);
    Path file = folder.resolve("a.model");
    TableModelFile.save(file, model);
    TableModel read = TableModelFile.load(file);
    assertThat(read.target()).isEqualTo(target);
    assertThat(read.labels()).isEqualTo(model.labels());
    assertThat(read.features().numbers()).isEqualTo(model.features().numbers());
    assertThat(read.features().texts()).isEqualTo(model.features().texts());
    assertThat(read.objective()).isEqualTo(model.objective());
    assertThat(Predictions.of(read, table())).isEqualTo(Predictions.of(model, table()));
  }

  @Test
  void aTableOfTextsOnlyIsFine() {
    CsvTable texts = CsvTable.parse("t.csv", "a,kind\n" + "x,p\ny,q\n".repeat(10));
    Experiment experiment = Experiment.of(texts, Task.of("kind"), RECIPE, 1);
    Path file = folder.resolve("a.model");
    TableModelFile.save(file, experiment.model());
    assertThat(Predictions.of(TableModelFile.load(file), texts))
        .isEqualTo(Predictions.of(experiment.model(), texts));
  }

  @Test
  void aModelOfSomethingElseIsRefused() {
    Path file = folder.resolve("dense.model");
    ModelFile.save(file, Dense.of(2, 3, new SplittableRandom(1)));
    assertThatThrownBy(() -> TableModelFile.load(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            file + ": holds a model, but none of a table; take one that train --save wrote");
  }

  @Test
  void aFileThatIsCutOffIsRefused() throws Exception {
    Path file = folder.resolve("a.model");
    TableModelFile.save(file, trained("two"));
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length += 97) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> TableModelFile.load(file)).isInstanceOf(FormatException.class);
    }
  }

  // ---------------------------------------------------------------- answers

  @Test
  void classesComeWithTheirProbabilities() {
    Predictions predictions = Predictions.of(trained("three"), table());
    assertThat(predictions.header())
        .containsExactly(
            "size",
            "colour",
            "two",
            "three",
            "price",
            "predicted three",
            "probability of m0",
            "probability of m1",
            "probability of m2");
    for (List<String> row : predictions.rows()) {
      double[] probabilities =
          row.subList(6, 9).stream().mapToDouble(Double::parseDouble).toArray();
      assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(2e-6));
      double most = Arrays.stream(probabilities).max().orElseThrow();
      assertThat(row.get(5))
          .isEqualTo("m" + row.subList(6, 9).indexOf(String.format(Locale.ROOT, "%.6f", most)));
    }
  }

  @Test
  void ofTwoClassesTheSecondHasTheNetworksProbability() {
    TableModel model = trained("two");
    double logit = model.outputs(model.features().ofAll(table())).item(4, 0);
    List<String> row = Predictions.of(model, table()).rows().get(4);
    double second = 1 / (1 + Math.exp(-logit));
    assertThat(Double.parseDouble(row.get(7))).isCloseTo(second, within(1e-6));
    assertThat(Double.parseDouble(row.get(6))).isCloseTo(1 - second, within(1e-6));
    assertThat(row.get(5)).isEqualTo(second > 0.5 ? "k1" : "k0");
  }

  @Test
  void numbersAreInTheUnitsOfTheFile() {
    TableModel model = trained("price");
    List<String> row = Predictions.of(model, table()).rows().get(3);
    assertThat(row).hasSize(6);
    assertThat(Double.parseDouble(row.get(5))).isBetween(8.0, 27.0);
  }

  @Test
  void columnsAreFoundByTheirNamesAndOthersAreKept() {
    TableModel model = trained("two");
    CsvTable other = CsvTable.parse("new.csv", "price,id,three,colour,size\n11,A7,m2,red,4\n");
    Predictions predictions = Predictions.of(model, other);
    assertThat(predictions.rows().get(0)).startsWith("11", "A7", "m2", "red", "4").hasSize(8);
    CsvTable ordered = CsvTable.parse("new.csv", "size,colour,three,price\n4,red,m2,11\n");
    assertThat(predictions.rows().get(0).subList(5, 8))
        .isEqualTo(Predictions.of(model, ordered).rows().get(0).subList(4, 7));
  }

  @Test
  void aTextThatWasNotLearnedIsOneLineWithItsPlace() {
    TableModel model = trained("two");
    CsvTable other =
        CsvTable.parse("new.csv", "size,colour,three,price\n4,red,m2,11\n4,green,m2,11\n");
    assertThatThrownBy(() -> Predictions.of(model, other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "new.csv, line 3, column \"colour\": \"green\" is none of the texts that were learned"
                + " from: \"deep, blue, red\"; correct it, or remove the row");
  }

  @Test
  void aTextInPlaceOfANumberIsOneLineWithItsPlace() {
    TableModel model = trained("two");
    CsvTable other = CsvTable.parse("new.csv", "size,colour,three,price\nbig,red,m2,11\n");
    assertThatThrownBy(() -> Predictions.of(model, other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "new.csv, line 2, column \"size\": \"big\" is no number, as all were that were learned"
                + " from; correct it");
  }

  @Test
  void aColumnThatIsMissingIsNamed() {
    TableModel model = trained("two");
    CsvTable other = CsvTable.parse("new.csv", "size,three,price\n1,m2,11\n");
    assertThatThrownBy(() -> Predictions.of(model, other))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "new.csv: there is no column \"colour\"; the columns are \"size\", \"three\","
                + " \"price\"");
  }
}
