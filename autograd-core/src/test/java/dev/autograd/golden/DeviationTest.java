package dev.autograd.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.GradOptions;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of deviations from the golden files: true, needed, and what the documentation says. */
class DeviationTest {

  static List<Deviation> deviations() {
    return Deviation.all();
  }

  @ParameterizedTest
  @MethodSource("deviations")
  void exampleIsAsStated(Deviation deviation) {
    assertThat(differences(deviation, Deviation.lists(deviation.here()))).isEmpty();
  }

  /** A row whose example no longer differs, or whose condition misses its example, is stale. */
  @ParameterizedTest
  @MethodSource("deviations")
  void exampleDeviatesWhereTheRowSays(Deviation deviation) {
    List<Mismatch> found = differences(deviation, Deviation.lists(deviation.golden()));
    assertThat(found)
        .isNotEmpty()
        .allMatch(mismatch -> deviation.explains(deviation.example(), mismatch));
    if (deviation.quantities().equals("both")) {
      assertThat(found).extracting(m -> m.quantity().kind()).contains("value", "gradient");
    }
  }

  @Test
  void documentationListsEveryRowAndNoOther() throws IOException {
    Path document = Path.of(".", "..", "docs", "deviations.md");
    try (Stream<String> lines = Files.lines(document)) {
      List<String> rows = lines.filter(line -> line.startsWith("| `")).toList();
      assertThat(rows).isEqualTo(deviations().stream().map(DeviationTest::documented).toList());
    }
  }

  private static String documented(Deviation deviation) {
    return "| `"
        + deviation.op()
        + "` | "
        + place(deviation)
        + " | `"
        + deviation.operands()
        + "` | `"
        + deviation.golden()
        + "` | `"
        + deviation.here()
        + "` | "
        + deviation.reason()
        + " |";
  }

  private static String place(Deviation deviation) {
    return deviation.quantities().replace("both", "value and gradient")
        + " where "
        + deviation.where();
  }

  /** One result of an example: the value, or the gradient of an operand. */
  private record Result(Mismatch.Quantity quantity, Tensor actual) {

    List<Mismatch> differencesTo(double[] expected) {
      return Mismatch.between(quantity, expected, actual.toDoubleArray(), 1);
    }
  }

  private static List<Mismatch> differences(Deviation deviation, List<double[]> expected) {
    List<Result> results = results(deviation);
    assertThat(results).hasSameSizeAs(expected);
    List<Mismatch> found = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      found.addAll(results.get(i).differencesTo(expected.get(i)));
    }
    return found;
  }

  private static List<Result> results(Deviation deviation) {
    GoldenCase example = deviation.example();
    Run run = Run.of(example, GoldenOps.table(), DType.F64);
    Tensor y = run.out();
    List<Result> results = new ArrayList<>();
    results.add(new Result(Mismatch.Quantity.value("result"), y));
    Tensor ones = Tensor.ones(y.dtype(), y.shape().toArray());
    run.gradients(y, example.names(true), GradOptions.defaults().seed(ones))
        .forEach((name, g) -> results.add(new Result(Mismatch.Quantity.gradient(name), g)));
    return results;
  }
}
