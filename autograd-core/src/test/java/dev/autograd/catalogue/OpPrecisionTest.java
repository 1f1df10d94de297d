package dev.autograd.catalogue;

import dev.autograd.array.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Single precision agrees with double precision, relative to the largest element: a gradient
 * multiplies and adds a few numbers that are rounded to 24 bits each, a second derivative some
 * more.
 */
class OpPrecisionTest {

  private static final double GRADIENT_BOUND = 1e-6;
  private static final double SECOND_ORDER_BOUND = 4e-6;

  @TestFactory
  Stream<DynamicTest> gradient() {
    return compare(1, GRADIENT_BOUND);
  }

  @TestFactory
  Stream<DynamicTest> secondDerivative() {
    return compare(2, SECOND_ORDER_BOUND);
  }

  private static Stream<DynamicTest> compare(int order, double bound) {
    return Catalogue.differentiable()
        .map(
            op ->
                DynamicTest.dynamicTest(
                    op.signature(),
                    () -> Catalogue.casesOf(op).forEach(c -> compare(c, order, bound))));
  }

  private static void compare(OpCase c, int order, double bound) {
    List<Grid> exact = Derivatives.byLibrary(order, c.call(), c.operands(), DType.F64, c.seed());
    List<Grid> single = Derivatives.byLibrary(order, c.call(), c.operands(), DType.F32, c.seed());
    Closeness.assertAllClose(c + ", order " + order, single, exact, bound);
  }
}
