package dev.autograd.conventions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The table of conventions is true: one test per row, in both element types. */
class ConventionTest {

  private static final double F64_BOUND = 4 * 0x1p-53;
  private static final double F32_BOUND = 4 * 0x1p-24;

  @TestFactory
  Stream<DynamicTest> doublePrecision() {
    return Convention.all().stream()
        .map(row -> DynamicTest.dynamicTest(row.toString(), () -> check(row, DType.F64)));
  }

  @TestFactory
  Stream<DynamicTest> singlePrecision() {
    return Convention.all().stream()
        .map(row -> DynamicTest.dynamicTest(row.toString(), () -> check(row, DType.F32)));
  }

  private static void check(Convention row, DType dtype) {
    List<Tensor> leaves = row.operands().stream().map(elements -> leaf(elements, dtype)).toList();
    if (row.isRefused()) {
      assertThat(catchThrowable(() -> ConventionOps.find(row.operation()).apply(leaves)))
          .as(row.toString())
          .isInstanceOf(RuntimeException.class)
          .hasMessageMatching("\\w+: .+");
      return;
    }
    Tensor y = ConventionOps.find(row.operation()).apply(leaves);
    assertNumbers(row + ", value", y, row.expectedValue());
    Tensor ones = Tensor.ones(dtype, y.shape().toArray());
    Gradients gradients =
        Autograd.grad(y, leaves, GradOptions.createGraph().seed(ones).allowUnused());
    List<double[]> expected = row.expectedGradients();
    assertThat(expected).as(row + ": gradients in the table").hasSameSizeAs(leaves);
    for (int i = 0; i < leaves.size(); i++) {
      assertNumbers(
          row + ", gradient of operand " + i, gradients.of(leaves.get(i)), expected.get(i));
    }
  }

  private static Tensor leaf(double[] elements, DType dtype) {
    Tensor values = elements.length == 1 ? Tensor.scalar(elements[0]) : Tensor.of(elements);
    return values.to(dtype).withGrad();
  }

  private static void assertNumbers(String what, Tensor actual, double... expected) {
    double bound = actual.dtype() == DType.F64 ? F64_BOUND : F32_BOUND;
    double[] found = actual.toDoubleArray();
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      double want = actual.dtype() == DType.F64 ? expected[i] : (float) expected[i];
      // Zeros of either sign are the same number.
      boolean same =
          Double.compare(found[i] + 0.0, want + 0.0) == 0
              || Math.abs(found[i] - want) <= bound * Math.abs(want);
      assertThat(same)
          .as("%s: element %d is %s, the table has %s", what, i, found[i], want)
          .isTrue();
    }
  }
}
