package dev.autograd.examples.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.nn.io.CsvTable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

  private static CsvTable column(IntStream values, String suffix) {
    String rows = values.mapToObj(v -> v + suffix).collect(Collectors.joining("\n"));
    return CsvTable.parse("data.csv", "y\n" + rows + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "2, 4, true", // two of each
    "2, 3, false", // a class would have a single row
    "20, 40, true",
    "21, 42, false",
  })
  void fewWholeNumbersAreClasses(int different, int rows, boolean classes) {
    IntStream values = IntStream.range(0, rows).map(i -> i % different);
    Target target = Target.of(column(values, different * 2 > rows ? "" : ".0"), "y", false);
    assertThat(target instanceof Target.Classes).isEqualTo(classes);
  }

  @Test
  void fractionsAreNumbers() {
    CsvTable table = column(IntStream.range(0, 40).map(i -> i % 2), ".5");
    assertThat(Target.of(table, "y", false)).isInstanceOf(Target.Numbers.class);
  }

  @Test
  void numberedClassesAreInTheOrderOfTheirNumbers() {
    CsvTable table = CsvTable.parse("data.csv", "y\n10\n9\n9.0\n10\n-1\n-1\n");
    Target.Classes target = (Target.Classes) Target.of(table, "y", false);
    assertThat(target.labels()).containsExactly("-1", "9", "10");
    assertThat(target.classes()).containsExactly(2, 1, 1, 2, 0, 0);
    assertThat(target.numbered()).isTrue();
  }

  @Test
  void namedClassesAreInTheOrderOfTheAlphabet() {
    CsvTable table = CsvTable.parse("data.csv", "y\nb\na\na\nb\nc\nc\n");
    Target.Classes target = (Target.Classes) Target.of(table, "y", false);
    assertThat(target.labels()).containsExactly("a", "b", "c");
    assertThat(target.of(0, 4)).containsExactly(1, 2);
    assertThat(target.numbered()).isFalse();
    assertThat(target.reading()).isEqualTo("classes a (2), b (2), c (2)");
  }

  @Test
  void manyClassesAreCounted() {
    CsvTable table = column(IntStream.range(0, 40).map(i -> i % 7), "x");
    assertThat(Target.of(table, "y", false).reading()).isEqualTo("7 classes");
  }
}
