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
 * Every operation's gradient is the slope of its formula, its second derivative the slope of the
 * gradient, and its third the slope of the second, by differences in double precision.
 */
class OpGradientTest {

  /** Rounding of values divided by the step, and the fourth-order error of the stencil. */
  private static final double BOUND = 2e-9;

  @TestFactory
  Stream<DynamicTest> gradientIsTheSlopeOfTheFormula() {
    return forEach(
        c -> {
          Grid seed = Samples.signed(c.formula().apply(c.operands()).shape(), c.seed());
          List<Grid> expected =
              Derivatives.byDifferences(xs -> seed.dot(c.formula().apply(xs)), c.operands());
          Closeness.assertAllClose(c + ", gradient", library(1, c, c.operands()), expected, BOUND);
        });
  }

  @TestFactory
  Stream<DynamicTest> secondDerivativeIsTheSlopeOfTheGradient() {
    return forEach(c -> checkOrder(2, c));
  }

  @TestFactory
  Stream<DynamicTest> thirdDerivativeIsTheSlopeOfTheSecond() {
    return forEach(c -> checkOrder(3, c));
  }

  private static void checkOrder(int order, OpCase c) {
    List<Shape> shapes = c.operands().stream().map(Grid::shape).toList();
    List<Grid> direction = Derivatives.directions(shapes, c.seed() + order - 1);
    List<Grid> expected =
        Derivatives.alongByDifferences(xs -> library(order - 1, c, xs), c.operands(), direction);
    Closeness.assertAllClose(
        c + ", derivative of order " + order, library(order, c, c.operands()), expected, BOUND);
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
