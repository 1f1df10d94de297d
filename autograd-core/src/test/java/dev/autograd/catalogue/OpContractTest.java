package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.ReleasedGraphException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What holds for every operation's gradient, whatever its formula. */
class OpContractTest {

  /** The sum of two rounded gradients against the gradient of the rounded sum. */
  private static final double LINEARITY_BOUND = 1e-14;

  @TestFactory
  Stream<DynamicTest> gradientHasTheShapeAndTypeOfItsOperand() {
    return forEach(
        c -> {
          for (DType dtype : List.of(DType.F64, DType.F32)) {
            List<Tensor> leaves = Derivatives.leaves(c.operands(), dtype);
            Tensor y = c.call().apply(leaves);
            y.backward(ones(y));
            for (int i = 0; i < leaves.size(); i++) {
              Tensor gradient = leaves.get(i).grad();
              String what = c + ", gradient of operand " + i;
              assertThat(gradient.shape()).as(what).isEqualTo(leaves.get(i).shape());
              assertThat(gradient.dtype()).as(what).isEqualTo(dtype);
              assertThat(gradient.requiresGrad()).as(what + " is tracked").isFalse();
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> gradientsByBackwardAndByGradAreTheSame() {
    return forEach(
        c -> {
          List<Tensor> leaves = Derivatives.leaves(c.operands(), DType.F64);
          Tensor y = c.call().apply(leaves);
          Tensor seed = seed(y, c.seed());
          Gradients byGrad = Autograd.grad(y, leaves, GradOptions.retainGraph().seed(seed));
          Gradients recorded = Autograd.grad(y, leaves, GradOptions.createGraph().seed(seed));
          y.backward(seed);
          for (Tensor leaf : leaves) {
            assertSame(c + " by grad", byGrad.of(leaf), leaf.grad());
            assertSame(c + " by createGraph", recorded.of(leaf), leaf.grad());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> neitherOperandsNorSeedAreChanged() {
    return forEach(
        c -> {
          List<Tensor> leaves = Derivatives.leaves(c.operands(), DType.F64);
          Tensor y = c.call().apply(leaves);
          Grid value = Grid.of(y);
          Grid seedBefore = Samples.signed(y.shape(), c.seed());
          Tensor seed = seedBefore.tensor(y.dtype());
          Autograd.grad(y, leaves, GradOptions.createGraph().seed(seed));
          y.backward(seed);
          for (int i = 0; i < leaves.size(); i++) {
            assertSame(c + ", operand " + i, leaves.get(i), c.operands().get(i).tensor(DType.F64));
          }
          assertSame(c + ", result", y, value.tensor(y.dtype()));
          assertSame(c + ", seed", seed, seedBefore.tensor(y.dtype()));
        });
  }

  @TestFactory
  Stream<DynamicTest> gradientIsLinearInTheSeed() {
    return forEach(
        c -> {
          List<Grid> one = gradients(c, 1, 0);
          List<Grid> other = gradients(c, 0, 1);
          List<Grid> sum = gradients(c, 1, 1);
          List<Grid> twice = gradients(c, 2, 0);
          for (int i = 0; i < one.size(); i++) {
            String what = c + ", operand " + i;
            // A factor of two changes no digit of any product or sum.
            assertThat(twice.get(i).values())
                .as(what)
                .isEqualTo(one.get(i).map(g -> 2 * g).values());
            Closeness.assertClose(
                what, sum.get(i), one.get(i).plus(1, other.get(i)), LINEARITY_BOUND);
          }
        });
  }

  /** Returns the gradients for the seed {@code first · s + second · t} of two fixed blocks. */
  private static List<Grid> gradients(OpCase c, double first, double second) {
    List<Tensor> leaves = Derivatives.leaves(c.operands(), DType.F64);
    Tensor y = c.call().apply(leaves);
    Grid seed =
        Samples.signed(y.shape(), c.seed())
            .map(s -> first * s)
            .plus(second, Samples.signed(y.shape(), c.seed() + 1));
    y.backward(seed.tensor(y.dtype()));
    return leaves.stream().map(leaf -> Grid.of(leaf.grad())).toList();
  }

  @TestFactory
  Stream<DynamicTest> aConstantOperandChangesNoOtherGradient() {
    return forEach(
        c -> {
          List<Grid> all = gradients(c, 1, 0);
          for (int i = 0; i < all.size() && all.size() > 1; i++) {
            List<Tensor> operands =
                new ArrayList<>(c.operands().stream().map(x -> x.tensor(DType.F64)).toList());
            Tensor leaf = operands.get(i).withGrad();
            operands.set(i, leaf);
            if (isRefused(c, i)) {
              continue;
            }
            Tensor y = c.call().apply(operands);
            y.backward(seed(y, c.seed()));
            assertSame(c + ", operand " + i, leaf.grad(), all.get(i).tensor(DType.F64));
          }
        });
  }

  /**
   * A loss whose target alone is tracked is refused: prediction and target may have been swapped.
   */
  private static boolean isRefused(OpCase c, int tracked) {
    return tracked == 1 && c.op().signature().startsWith("Losses.");
  }

  @TestFactory
  Stream<DynamicTest> aSecondSweepIsRefused() {
    return forEach(
        c -> {
          List<Tensor> leaves = Derivatives.leaves(c.operands(), DType.F64);
          Tensor y = c.call().apply(leaves);
          if (leaves.contains(y)) {
            return;
          }
          y.backward(ones(y));
          Assertions.assertThatExceptionOfType(ReleasedGraphException.class)
              .as(c.toString())
              .isThrownBy(() -> y.backward(ones(y)));
        });
  }

  private static Tensor ones(Tensor y) {
    return Tensor.full(y.dtype(), 1, y.shape().toArray());
  }

  private static Tensor seed(Tensor y, long seed) {
    return Samples.signed(y.shape(), seed).tensor(y.dtype());
  }

  private static void assertSame(String what, Tensor actual, Tensor expected) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    // Zeros of either sign are the same number.
    assertThat(Grid.of(actual).map(v -> v + 0.0).values())
        .as(what)
        .isEqualTo(Grid.of(expected).map(v -> v + 0.0).values());
  }

  private static Stream<DynamicTest> forEach(Consumer<OpCase> check) {
    return Catalogue.differentiable()
        .map(
            op ->
                DynamicTest.dynamicTest(
                    op.signature(), () -> Catalogue.casesOf(op).forEach(check)));
  }
}
