package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A sweep calls one pullback per edge that leads to something wanted: its cost is linear in the
 * graph.
 */
class PullbackCountTest {

  /** Counts the gradients that pass through an edge. */
  private static final class Probe {
    private int calls;

    Tensor on(Tensor x) {
      return Tensor.custom(
          "probe",
          x.detach(),
          x,
          g -> {
            calls++;
            return g.mul(1);
          });
    }
  }

  @TestFactory
  Stream<DynamicTest> eachOperandGetsOneGradient() {
    return Catalogue.differentiable()
        .map(
            op ->
                DynamicTest.dynamicTest(
                    op.signature(),
                    () -> Catalogue.casesOf(op).forEach(PullbackCountTest::checkOperands)));
  }

  private static void checkOperands(OpCase c) {
    List<Tensor> leaves = Derivatives.leaves(c.operands(), DType.F64);
    List<Probe> probes = new ArrayList<>();
    List<Tensor> operands = new ArrayList<>();
    for (Tensor leaf : leaves) {
      Probe probe = new Probe();
      probes.add(probe);
      operands.add(probe.on(leaf));
    }
    Tensor y = c.call().apply(operands);
    Tensor seed = Tensor.full(y.dtype(), 1, y.shape().toArray());

    Autograd.grad(y, leaves.get(0), GradOptions.retainGraph().seed(seed));
    int[] wanted = new int[probes.size()];
    wanted[0] = 1;
    assertThat(counts(probes)).as("%s, gradient of the first operand only", c).isEqualTo(wanted);

    y.backward(seed);
    Arrays.fill(wanted, 1);
    wanted[0] = 2;
    assertThat(counts(probes)).as("%s, all gradients", c).isEqualTo(wanted);
  }

  private static int[] counts(List<Probe> probes) {
    return probes.stream().mapToInt(probe -> probe.calls).toArray();
  }

  @Test
  void aSharedResultIsSweptOnce() {
    Tensor x = Tensor.scalar(1).withGrad();
    Probe probe = new Probe();
    Tensor y = x;
    for (int i = 0; i < 64; i++) {
      y = probe.on(y);
      y = y.add(y);
    }

    y.backward();

    assertThat(probe.calls).isEqualTo(64);
    assertThat(x.grad().item()).isEqualTo(Math.pow(2, 64));
  }

  @Test
  void bothEdgesOfAnOperandUsedTwiceArePulled() {
    Tensor x = Tensor.scalar(3).withGrad();
    Probe left = new Probe();
    Probe right = new Probe();

    left.on(x).mul(right.on(x)).backward();

    assertThat(left.calls).isEqualTo(1);
    assertThat(right.calls).isEqualTo(1);
    assertThat(x.grad().item()).isEqualTo(6);
  }

  @Test
  void whatLeadsNowhereWantedIsNotPulled() {
    Tensor x = Tensor.scalar(2).withGrad();
    Tensor other = Tensor.scalar(5).withGrad();
    Probe wanted = new Probe();
    Probe unwanted = new Probe();
    Tensor shared = wanted.on(x).sin();
    Tensor y = shared.mul(unwanted.on(other.cos()).exp()).add(unwanted.on(other));

    Autograd.grad(y, x);

    assertThat(wanted.calls).isEqualTo(1);
    assertThat(unwanted.calls).isZero();
  }

  @Test
  void aGradientOfAnIntermediateResultStopsThere() {
    Tensor x = Tensor.scalar(2).withGrad();
    Probe before = new Probe();
    Probe after = new Probe();
    Tensor middle = before.on(x).sin();
    Tensor y = after.on(middle).exp();

    Autograd.grad(y, middle);

    assertThat(after.calls).isEqualTo(1);
    assertThat(before.calls).isZero();
  }

  @Test
  void aResultThatNoGradientReachesIsNotPulled() {
    Tensor x = Tensor.of(1, 2, 3).withGrad();
    Probe used = new Probe();
    Probe unused = new Probe();
    Tensor y = used.on(x).square();
    unused.on(x).exp();

    y.sum().backward();

    assertThat(used.calls).isEqualTo(1);
    assertThat(unused.calls).isZero();
  }

  @Test
  void theRecordedSweepGrowsWithTheGraph() {
    int shorter = secondOrderNodes(50);
    int longer = secondOrderNodes(100);

    assertThat(longer).isLessThan(2 * shorter + 10);
  }

  private static int secondOrderNodes(int length) {
    Tensor x = Tensor.scalar(0.5).withGrad();
    Tensor y = x;
    for (int i = 0; i < length; i++) {
      y = y.sin().mul(y);
    }
    return Autograd.grad(y, x, GradOptions.createGraph()).nodes().size();
  }
}
