package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Single precision agrees with double precision. Values do within the bound that {@link
 * SinglePrecision} states per operation; derivatives relative to the largest element: a gradient
 * multiplies and adds a few numbers that are rounded to 24 bits each, a second derivative some
 * more.
 */
class OpPrecisionTest {

  private static final double GRADIENT_BOUND = 1e-6;
  private static final double SECOND_ORDER_BOUND = 4e-6;

  @TestFactory
  Stream<DynamicTest> value() {
    return Catalogue.differentiable()
        .map(
            op ->
                DynamicTest.dynamicTest(
                    op.signature(),
                    () ->
                        assertThat(worst(op))
                            .as("units in the last place of the condition of %s", op)
                            .isLessThanOrEqualTo(SinglePrecision.bound(op.name()))));
  }

  /** Returns the largest error of an operation's cases, in units of its condition. */
  private static double worst(OpMethod op) {
    return Catalogue.casesOf(op).stream().mapToDouble(OpPrecisionTest::error).max().orElse(0);
  }

  private static double error(OpCase c) {
    List<Tensor> leaves = Derivatives.leaves(c.operands(), DType.F64);
    Tensor exact = c.call().apply(leaves);
    Tensor single = c.call().apply(Derivatives.leaves(c.operands(), DType.F32));
    double worst = 0;
    for (int i = 0; i < exact.size(); i++) {
      double error = Math.abs(Grid.of(single).flat(i) - Grid.of(exact).flat(i));
      if (error > 0) {
        worst = Math.max(worst, error / Math.ulp((float) condition(exact, i, leaves)));
      }
    }
    return worst;
  }

  /** Returns {@code |y| + Σ |∂y/∂x · x|} of one element of a result. */
  private static double condition(Tensor y, int place, List<Tensor> leaves) {
    Grid unit = Grid.generate(y.shape(), i -> 0);
    double[] seed = unit.values();
    seed[place] = 1;
    GradOptions options =
        GradOptions.retainGraph().allowUnused().seed(Grid.of(y.shape(), seed).tensor(y.dtype()));
    Gradients gradients = Autograd.grad(y, leaves, options);
    double sum = Math.abs(Grid.of(y).flat(place));
    for (Tensor leaf : leaves) {
      sum += gradients.of(leaf).mul(leaf.detach()).abs().sum().item();
    }
    return sum;
  }

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
