package dev.autograd.examples.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.io.CsvTable;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ProblemTest {

  private static CsvTable table(int classes) {
    StringBuilder text = new StringBuilder("a,kind\n");
    for (int i = 0; i < 30; i++) {
      text.append(i).append(",k").append(i % classes).append('\n');
    }
    return CsvTable.parse("data.csv", text.toString());
  }

  @Test
  void theSameShareOfEachClassIsHeldOut() {
    Problem problem = Problem.of(table(3), Task.of("kind"), 1);
    assertThat(problem.training().size()).isEqualTo(24);
    assertThat(problem.heldOut().size()).isEqualTo(6);
    for (int c = 0; c < 3; c++) {
      double label = c;
      assertThat(DoubleStream.of(problem.heldOut().targets().toDoubleArray()))
          .filteredOn(target -> target == label)
          .hasSize(2);
    }
  }

  @Test
  void noRowIsInBothParts() {
    CsvTable table = table(3);
    Problem problem = Problem.of(table, new Task("a", Set.of(), true, 0.2), 1);
    double[] all =
        DoubleStream.concat(
                DoubleStream.of(
                    problem
                        .units()
                        .orElseThrow()
                        .inverse(problem.training().targets())
                        .toDoubleArray()),
                DoubleStream.of(
                    problem
                        .units()
                        .orElseThrow()
                        .inverse(problem.heldOut().targets())
                        .toDoubleArray()))
            .map(Math::rint)
            .sorted()
            .toArray();
    assertThat(all).isEqualTo(DoubleStream.iterate(0, i -> i + 1).limit(30).toArray());
  }

  @Test
  void twoClassesAreAColumnAndMoreAreIndices() {
    assertThat(Problem.of(table(2), Task.of("kind"), 1).training().targets().shape().toArray())
        .containsExactly(24, 1);
    Examples training = Problem.of(table(3), Task.of("kind"), 1).training();
    assertThat(training.targets().shape().toArray()).containsExactly(24);
    assertThat(training.targets().dtype()).isEqualTo(DType.I32);
    assertThat(training.rows(0, 1, 2).targets().dtype()).isEqualTo(DType.I32);
  }

  @Test
  void theSeedDecidesTheRows() {
    CsvTable table = table(2);
    double[] one = Problem.of(table, Task.of("kind"), 1).heldOut().inputs().toDoubleArray();
    assertThat(Problem.of(table, Task.of("kind"), 1).heldOut().inputs().toDoubleArray())
        .isEqualTo(one);
    assertThat(Problem.of(table, Task.of("kind"), 2).heldOut().inputs().toDoubleArray())
        .isNotEqualTo(one);
  }
}
