package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class IsolatedRunTest {

  private static final double[] A = {2, 3};

  private static final double[] B = {5, 7};

  private static IsolatedRun.Plan plan(int order, Precision precision, BinaryOperator<Tensor> f) {
    List<Block> blocks =
        List.of(
            new Block("", "a", Shape.of(2), precision, A),
            new Block("", "b", Shape.of(2), precision, B));
    Subject subject = new FreshLeaves(in -> f.apply(in.get(0), in.get(1)), blocks);
    return new IsolatedRun.Plan(subject, blocks, order, 7);
  }

  private static IsolatedRun.Plan plan(int order, BinaryOperator<Tensor> f) {
    return plan(order, Precision.DOUBLE, f);
  }

  @Test
  void weightsAreRandomSizesAndSignsPerOperation() {
    IsolatedRun.Plan plan = plan(1, Tensor::mul);
    assertThat(IsolatedRun.weights(plan, 3, 1)).containsExactly(1);
    double[] weights = IsolatedRun.weights(plan, 3, 100);
    assertThat(weights)
        .containsExactly(
            new Random(7 + 3)
                .doubles(100, -1, 1)
                .map(w -> (float) (w + Math.copySign(0.5, w)))
                .toArray());
    assertThat(Arrays.stream(weights).map(Math::abs).min().orElseThrow()).isBetween(0.5, 0.6);
    assertThat(IsolatedRun.weights(plan, 4, 100)).isNotEqualTo(weights);
  }

  @Test
  void operationsAndTheirOperandsAreNumbered() {
    IsolatedRun run = plan(1, (a, b) -> a.mul(b).add(a).mul(Tensor.of(1, 2))).first();
    assertThat(run.size()).isEqualTo(3);
    assertThat(run.operation(0).op()).isEqualTo("mul");
    assertThat(run.operands(0)).containsExactly(0, 1);
    assertThat(run.operands(1)).containsExactly(2, 0);
    assertThat(run.operands(2).get(0)).isEqualTo(3);
    assertThat(run.source(0)).contains("IsolatedRunTest.java:");
    assertThat(run.leaves()).hasSize(5);
    assertThat(run.leaves().get(2).values()).containsExactly(10, 21);
    assertThat(run.leaves().get(2).precision()).isEqualTo(Precision.DOUBLE);
  }

  @Test
  void anOperandThatIsNotDifferentiatedIsAConstant() {
    Tensor tracked = Tensor.of(1.0, 2.0).withGrad();
    IsolatedRun run = plan(1, (a, b) -> a.mul(tracked)).first();
    assertThat(run.operands(0)).containsExactly(0, IsolatedRun.CONSTANT);
    assertThat(run.gradient(0)).containsOnlyKeys(0);
  }

  @Test
  void theQuantityOfTheFirstOrderIsTheResultWithItsGradient() {
    IsolatedRun.Plan plan = plan(1, Tensor::mul);
    IsolatedRun run = plan.first();
    double[] w = IsolatedRun.weights(plan, 0, 2);
    assertThat(run.quantity(0)).containsExactly(10, 21);
    assertThat(run.gradient(0).get(0)).containsExactly(5 * w[0], 7 * w[1]);
    assertThat(run.gradient(0).get(1)).containsExactly(2 * w[0], 3 * w[1]);
  }

  @Test
  void theQuantityOfTheSecondOrderIsTheGradient() {
    IsolatedRun.Plan plan = plan(2, Tensor::mul);
    IsolatedRun run = plan.first();
    double[] w = IsolatedRun.weights(plan, 0, 2);
    double[] v = IsolatedRun.weights(plan, 0, 4);
    assertThat(run.quantity(0)).containsExactly(5 * w[0], 7 * w[1], 2 * w[0], 3 * w[1]);
    assertThat(run.gradient(0).get(0)).containsExactly(v[2] * w[0], v[3] * w[1]);
    assertThat(run.gradient(0).get(1)).containsExactly(v[0] * w[0], v[1] * w[1]);
  }

  @Test
  void theSecondDerivativesOfALinearOperationAreZeros() {
    IsolatedRun run = plan(2, Tensor::add).first();
    assertThat(run.gradient(0).get(0)).containsExactly(0, 0);
    assertThat(run.gradient(0).get(1)).containsExactly(0, 0);
  }

  @Test
  void noOperationSeesWhatAnotherHasMade() {
    IsolatedRun.Plan plan = plan(1, (a, b) -> a.mul(2).add(b));
    IsolatedRun first = plan.first();
    // The input moves by 1, the product that it goes into by 10.
    IsolatedRun moved =
        plan.moved(first, Map.of(0, new double[] {2, 0}, 2, new double[] {20, 40}), 0.5);
    assertThat(moved.quantity(0)).containsExactly(2 * 3, 2 * 3);
    assertThat(moved.quantity(1)).containsExactly(4 + 10 + 5, 6 + 20 + 7);
    assertThat(first.quantity(1)).containsExactly(4 + 5, 6 + 7);
  }

  @Test
  void aRunInWhichTheFunctionDoesSomethingElseIsRefused() {
    Map<Integer, double[]> away = Map.of(0, new double[] {1, 0});
    for (BinaryOperator<Tensor> f :
        List.<BinaryOperator<Tensor>>of(
            (a, b) -> a.item(0) == 2 ? a.mul(b) : a.add(b),
            (a, b) -> a.item(0) == 2 ? a.mul(b) : a.mul(b).sin(),
            (a, b) -> a.item(0) == 2 ? a.reshape(2, 1) : a.reshape(1, 2))) {
      IsolatedRun.Plan plan = plan(1, f);
      IsolatedRun first = plan.first();
      assertThatIllegalStateException()
          .isThrownBy(() -> plan.moved(first, away, 1))
          .withMessage("the function does something else here");
    }
  }

  @Test
  void leavesKeepTheirPrecision() {
    IsolatedRun.Plan plan = plan(1, Precision.SINGLE, (a, b) -> a.mul(b).add(b));
    IsolatedRun first = plan.first();
    assertThat(first.leaves().get(2).precision()).isEqualTo(Precision.SINGLE);
    IsolatedRun moved = plan.moved(first, Map.of(2, new double[] {0.1, 0}), 1);
    assertThat(moved.quantity(1)[0]).isEqualTo((float) ((float) 10.1 + 5.0));
    assertThat(first.operation(0).dtype()).isEqualTo(DType.F32);
  }
}
