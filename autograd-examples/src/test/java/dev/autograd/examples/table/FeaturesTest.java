package dev.autograd.examples.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.nn.io.CsvTable;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {

  private static final CsvTable TABLE =
      CsvTable.parse(
          "data.csv",
          """
          a,colour,same,y
          1,red,5,p
          3,green,5,q
          9,blue,6,p
          """);

  @Test
  void numbersAreStandardisedAndTextsBecomeOneInputEach() {
    Features features = Features.fit(TABLE, Set.of("y", "same"), 0, 1, 2);
    assertThat(features.width()).isEqualTo(4);
    double[][] inputs = features.of(TABLE, 2, 0).toDoubleMatrix();
    // mean (1 + 3 + 9) / 3, variance (1 + 9 + 81) / 3 - mean²; blue, green, red
    double mean = 13.0 / 3;
    double deviation = Math.sqrt(91.0 / 3 - mean * mean);
    assertThat(inputs[0][0]).isCloseTo((9 - mean) / deviation, within(1e-12));
    assertThat(inputs[1][0]).isCloseTo((1 - mean) / deviation, within(1e-12));
    assertThat(inputs[0]).endsWith(1, 0, 0);
    assertThat(inputs[1]).endsWith(0, 0, 1);
  }

  @Test
  void onlyTheTrainingRowsAreLearnedFrom() {
    Features features = Features.fit(TABLE, Set.of("y"), 0, 1);
    // a is 2 ± 1 there, "same" constant, blue unknown
    assertThat(features.of(TABLE, 0, 1, 2).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{-1, 0, 0, 1}, {1, 0, 1, 0}, {7, 1, 0, 0}});
  }

  @Test
  void columnsOfOneKindAreFine() {
    assertThat(Features.fit(TABLE, Set.of("a", "same", "y"), 0, 1, 2).of(TABLE, 1).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0, 1, 0}});
    assertThat(Features.fit(TABLE, Set.of("a", "colour", "y"), 0, 1).of(TABLE, 0).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0}});
  }

  @Test
  void areDescribed() {
    assertThat(Features.fit(TABLE, Set.of("y"), 0, 1, 2))
        .hasToString("2 columns of numbers and 1 column of texts, 5 inputs");
    assertThat(Features.fit(TABLE, Set.of("y", "a", "colour"), 0, 1, 2))
        .hasToString("1 column of numbers, 1 input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2d", "0x10", "1f", "1_000", "1,5", "--1", "."})
  void whatOnlyJavaTakesForANumberIsAText(String text) {
    CsvTable table = CsvTable.parse("data.csv", "a,y\n\"" + text + "\",p\nred,q\n");
    assertThat(Features.fit(table, Set.of("y"), 0, 1))
        .hasToString("0 columns of numbers and 1 column of texts, 2 inputs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1", "+1.5", ".5", "5.", "1e-3", "2E+5"})
  void decimalNumbersAreNumbers(String text) {
    CsvTable table = CsvTable.parse("data.csv", "a,y\n" + text + ",p\n7,q\n");
    assertThat(Features.fit(table, Set.of("y"), 0, 1)).hasToString("1 column of numbers, 1 input");
  }
}
