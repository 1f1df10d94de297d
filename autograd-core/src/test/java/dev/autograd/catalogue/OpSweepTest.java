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

/** What sweeps over every operation have in common, beside its contract. */
class OpSweepTest {

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

  /** A target that alone is tracked is refused, so losses cannot keep that clause. */
  @TestFactory
  Stream<DynamicTest> aConstantTargetChangesNoGradientOfTheLoss() {
    return forEach(
        c -> {
          if (!c.op().signature().startsWith("Losses.") || c.operands().size() == 1) {
            return;
          }
          List<Tensor> both = Derivatives.leaves(c.operands(), DType.F64);
          Tensor y = c.call().apply(both);
          y.backward(seed(y, c.seed()));
          List<Tensor> operands = new ArrayList<>(Derivatives.leaves(c.operands(), DType.F64));
          operands.set(1, operands.get(1).detach());
          Tensor loss = c.call().apply(operands);
          loss.backward(seed(loss, c.seed()));
          assertSame(c.toString(), operands.get(0).grad(), both.get(0).grad());
        });
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
