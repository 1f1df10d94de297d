package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every operation's value is its formula, in both element types, tracked or not. */
class OpValueTest {

  /** A few roundings of a formula that is computed another way. */
  private static final double F64_BOUND = 4e-15;

  /** One rounding of each element, and a few where single precision computes in between. */
  private static final double F32_BOUND = 4e-7;

  @TestFactory
  Stream<DynamicTest> valueIsTheFormula() {
    return forEach(c -> check(c, DType.F64, F64_BOUND));
  }

  @TestFactory
  Stream<DynamicTest> singlePrecisionValueIsTheFormula() {
    return forEach(c -> check(c, DType.F32, F32_BOUND));
  }

  @TestFactory
  Stream<DynamicTest> trackingDoesNotChangeTheValue() {
    return forEach(
        c -> {
          for (DType dtype : List.of(DType.F64, DType.F32)) {
            List<Tensor> plain = c.operands().stream().map(x -> x.tensor(dtype)).toList();
            double[] untracked = c.call().apply(plain).toDoubleArray();
            double[] tracked =
                c.call().apply(Derivatives.leaves(c.operands(), dtype)).toDoubleArray();
            assertThat(Arrays.equals(tracked, untracked)).as("%s in %s", c, dtype).isTrue();
          }
        });
  }

  private static Stream<DynamicTest> forEach(Consumer<OpCase> check) {
    return Catalogue.methods().stream()
        .filter(op -> !Catalogue.EXEMPT.containsKey(op.signature()))
        .map(
            op ->
                DynamicTest.dynamicTest(
                    op.signature(), () -> Catalogue.casesOf(op).forEach(check)));
  }

  private static void check(OpCase c, DType dtype, double bound) {
    List<Tensor> operands = c.operands().stream().map(x -> x.tensor(dtype)).toList();

    Tensor value = c.call().apply(operands);

    assertThat(value.dtype()).as("type of %s", c).isEqualTo(resultType(c, dtype));
    assertThat(value.requiresGrad()).as("%s of constants is tracked", c).isFalse();
    Closeness.assertClose(c.toString(), Grid.of(value), c.formula().apply(c.operands()), bound);
  }

  private static DType resultType(OpCase c, DType dtype) {
    if (ElementwiseCases.isComparison(c.op())) {
      return DType.BOOL;
    }
    return switch (c.op().name()) {
      case "argMax", "argMin" -> DType.I64;
      case "oneHot" -> IndexingCases.typeOfOneHot(c);
      case "to" -> c.label().endsWith("F32") ? DType.F32 : DType.F64;
      default -> dtype;
    };
  }
}
