package dev.autograd.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.nn.io.CsvTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundledDataTest {

  @ParameterizedTest
  @CsvSource({
    "breast_cancer.csv, 569, 31",
    "digits.csv.gz, 1797, 65",
    "iris.csv, 150, 5",
  })
  void tablesAreWhole(String name, int rows, int columns) {
    CsvTable table = BundledData.table(name);
    assertThat(table.rows()).hasSize(rows);
    assertThat(table.header()).hasSize(columns);
  }

  @Test
  void sourcesAndLicencesStandBesideTheData() throws IOException {
    try (InputStream in = BundledData.class.getResourceAsStream("/data/README.md")) {
      assertThat(in).isNotNull();
      String note = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(note)
          .contains("breast_cancer.csv", "digits.csv.gz", "iris.csv")
          .contains("Wolberg", "Alpaydin", "Fisher", "UCI Machine Learning Repository")
          .contains("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/");
    }
  }
}
