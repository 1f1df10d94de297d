package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation's third derivative is the slope of its second, by differences in double
 * precision; the first two are clauses of its contract.
 */
class OpGradientTest {

  /** Rounding of values divided by the step, and the fourth-order error of the stencil. */
  private static final double BOUND = 2e-9;

  @TestFactory
  Stream<DynamicTest> thirdDerivativeIsTheSlopeOfTheSecond() {
    return forEach(OpGradientTest::check);
  }

  private static void check(OpCase c) {
    List<Shape> shapes = c.operands().stream().map(Grid::shape).toList();
    List<Grid> direction = Derivatives.directions(shapes, c.seed() + 2);
    List<Grid> expected =
        Derivatives.alongByDifferences(xs -> library(2, c, xs), c.operands(), direction);
    Closeness.assertAllClose(
        c + ", third derivative", library(3, c, c.operands()), expected, BOUND);
  }

  private static List<Grid> library(int order, OpCase c, List<Grid> point) {
    return Derivatives.byLibrary(order, c.call(), point, DType.F64, c.seed());
  }

  private static Stream<DynamicTest> forEach(Consumer<OpCase> check) {
    return Catalogue.differentiable()
        .map(
            op ->
                DynamicTest.dynamicTest(
                    op.signature(),
                    () -> {
                      assertThat(Catalogue.casesOf(op)).isNotEmpty();
                      Catalogue.casesOf(op).forEach(check);
                    }));
  }
}
