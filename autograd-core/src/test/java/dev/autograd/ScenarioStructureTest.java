package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What graphs may look like: one test per numbered scenario that engines are known to get wrong.
 */
class ScenarioStructureTest {

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  private static Tensor leaf(double value) {
    return Tensor.scalar(value).withGrad();
  }

  @Test
  void scenario01ChainOf64SelfAdds() {
    Tensor x = leaf(1.0);
    Tensor y = x;
    for (int i = 0; i < 64; i++) {
      y = y.add(y);
    }
    y.backward();
    assertThat(x.grad().item()).isEqualTo(Math.pow(2, 64));
  }

  @Test
  void scenario02SameTensorInEveryOperand() {
    Tensor x = leaf(3.0);
    x.mul(x).backward();
    assertThat(x.grad().item()).isEqualTo(6);

    Tensor z = leaf(3.0);
    z.sub(z).backward();
    assertThat(z.grad().item()).isZero();

    Tensor m = Tensor.of(new double[][] {{1, 2}, {3, 4}}).withGrad();
    m.matmul(m).sum().backward();
    // d/dM Σ(MM) = 1 Mᵀ + Mᵀ 1 with the matrix of ones 1
    assertThat(m.grad().toDoubleMatrix()).isDeepEqualTo(new double[][] {{7, 11}, {9, 13}});

    Tensor t = leaf(2.0);
    Pullback product = g -> g.mul(4);
    Tensor.custom("cube", Tensor.scalar(8), List.of(t, t, t), List.of(product, product, product))
        .backward();
    assertThat(t.grad().item()).isEqualTo(12);
  }

  @Test
  void scenario03SkipConnectionsAndSharedOrTiedWeights() {
    Tensor x = Tensor.of(new double[][] {{0.5, -1}});
    Tensor w1 = Tensor.of(new double[][] {{0.3, -0.2}, {0.1, 0.4}}).withGrad();
    Tensor w2 = Tensor.of(new double[][] {{-0.7, 0.6}, {0.2, 0.9}}).withGrad();
    Tensor h = x.matmul(w1).tanh();
    h.matmul(w2).add(h).sum().backward();
    assertThat(w1.grad().toDoubleArray()).doesNotContain(0.0);
    assertCentralDifference(
        w -> x.matmul(w).tanh().matmul(w2.detach()).add(x.matmul(w).tanh()).sum(), w1);

    Tensor shared = Tensor.of(new double[][] {{0.3, -0.2}, {0.1, 0.4}}).withGrad();
    x.matmul(shared).tanh().matmul(shared).sum().backward();
    assertCentralDifference(w -> x.matmul(w).tanh().matmul(w).sum(), shared);

    Tensor tied = Tensor.of(new double[][] {{0.3, -0.2, 0.5}, {0.1, 0.4, -0.6}}).withGrad();
    x.matmul(tied).tanh().matmul(tied.transpose()).sum().backward();
    assertCentralDifference(w -> x.matmul(w).tanh().matmul(w.transpose()).sum(), tied);
  }

  private static void assertCentralDifference(
      java.util.function.UnaryOperator<Tensor> f, Tensor leaf) {
    double[] at = leaf.toDoubleArray();
    double[] gradient = leaf.grad().toDoubleArray();
    double h = 1e-6;
    for (int i = 0; i < at.length; i++) {
      double[] up = at.clone();
      double[] down = at.clone();
      up[i] += h;
      down[i] -= h;
      double slope =
          (f.apply(Tensor.of(leaf.shape(), up)).item()
                  - f.apply(Tensor.of(leaf.shape(), down)).item())
              / (2 * h);
      assertThat(gradient[i]).as("element %d", i).isCloseTo(slope, within(1e-8));
    }
  }

  @Test
  void scenario04ReusedResultAtDifferentDepths() {
    Tensor x = leaf(0.5);
    Tensor a = x.mul(2);
    // Breadth first would pass a's gradient on before the long way has arrived.
    a.add(a.square().square().neg().exp().log()).backward();
    assertThat(x.grad().item()).isCloseTo(2 * (1 - 4), within(1e-14));
  }

  @Test
  void scenario05DepthOnASmallStack() throws InterruptedException {
    AtomicReference<Object> outcome = new AtomicReference<>();
    Runnable deep =
        () -> {
          try {
            Tensor x = leaf(1.0);
            Tensor y = x;
            for (int i = 0; i < 100_000; i++) {
              y = y.add(1);
            }
            int nodes = y.nodes().size();
            y.backward();
            outcome.set(List.of(x.grad().item(), nodes));
          } catch (RuntimeException | StackOverflowError e) {
            outcome.set(e);
          }
        };
    Thread small = new Thread(null, deep, "small stack", 160 * 1024);
    small.start();
    small.join();
    assertThat(outcome.get()).isEqualTo(List.of(1.0, 200_001));
  }

  @Test
  void scenario06Width() {
    Tensor x = leaf(2.0);
    List<Tensor> consumers = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      consumers.add(x.neg());
    }
    Tensor.stack(0, consumers).sum().backward();
    assertThat(x.grad().item()).isEqualTo(-100_000);

    List<Tensor> leaves = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      leaves.add(leaf((double) i));
    }
    Tensor sum = Tensor.scalar(0);
    for (Tensor leaf : leaves) {
      sum = sum.add(leaf);
    }
    sum.backward();
    assertThat(sum.item()).isEqualTo(49_995_000);
    assertThat(leaves).allSatisfy(leaf -> assertThat(leaf.grad().item()).isEqualTo(1));
  }

  @Test
  void scenario07RootsThatAreLeavesOrInputsOfOtherRoots() {
    Tensor x = leaf(5.0);
    x.backward();
    assertThat(x.grad().item()).isEqualTo(1);
    assertThat(Autograd.grad(x, x).item()).isEqualTo(1);

    Tensor z = leaf(5.0);
    Tensor inner = z.square();
    Tensor outer = inner.mul(3);
    Autograd.backward(List.of(inner, outer, z));
    assertThat(z.grad().item()).isEqualTo(10 + 30 + 1);

    Tensor again = leaf(5.0);
    Tensor first = again.square();
    Autograd.backward(List.of(first.mul(3), first));
    assertThat(again.grad().item()).isEqualTo(40);
  }

  @Test
  void scenario08SeveralRootsAndADuplicate() {
    Tensor x = leaf(2.0);
    Autograd.backward(List.of(x.square(), x.mul(3)));
    assertThat(x.grad().item()).isEqualTo(7);

    Tensor z = leaf(2.0);
    Tensor twice = z.square();
    Autograd.backward(List.of(twice, twice));
    assertThat(z.grad().item()).isEqualTo(8);
  }

  @Test
  void scenario09SomeOfSeveralPartsUsed() {
    Tensor x = leaf(1, 2, 3);
    List<Tensor> parts = x.unstack(0);
    assertThat(parts).extracting(part -> part.item()).containsExactly(1.0, 2.0, 3.0);
    parts.get(2).mul(10).add(parts.get(0)).backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(1, 0, 10);
  }

  @Test
  void scenario10LeafWithoutAPath() {
    Tensor x = leaf(2.0);
    Tensor lonely = leaf(4, 5);
    x.square().backward();
    assertThat(lonely.hasGrad()).isFalse();

    Tensor y = x.square();
    assertThatThrownBy(() -> Autograd.grad(y, x, lonely))
        .isInstanceOf(NotTrackedException.class)
        .hasMessage(
            "grad: the output does not depend on input 1, tensor F64[2]; leave it out, or allow it"
                + " with GradOptions…allowUnused()");

    Gradients gradients =
        Autograd.grad(x.square(), List.of(x, lonely), GradOptions.defaults().allowUnused());
    assertThat(gradients.reached(x)).isTrue();
    assertThat(gradients.reached(lonely)).isFalse();
    assertThat(gradients.of(lonely).toDoubleArray()).containsExactly(0, 0);
    assertThat(gradients.of(lonely).dtype()).isEqualTo(DType.F64);
  }

  @Test
  void scenario11ConstantPartsAreNotRecorded() {
    Tensor constant = Tensor.of(1.0, 2.0).exp().mul(3).sum();
    assertThat(constant.requiresGrad()).isFalse();
    assertThat(constant.nodes()).isEmpty();

    Tensor x = leaf(2.0);
    Tensor y = x.mul(constant);
    assertThat(y.nodes()).extracting(Node::op).containsExactly("leaf", "constant", "mul");
  }

  @Test
  void scenario12NodesWithoutAGradientDoNotRun() {
    AtomicInteger runs = new AtomicInteger();
    Tensor x = leaf(2.0);
    Tensor other = leaf(3.0);
    Tensor counted =
        Tensor.custom(
            "counted",
            Tensor.scalar(3),
            other,
            g -> {
              runs.incrementAndGet();
              return g;
            });
    Tensor y = x.mul(counted);
    assertThat(Autograd.grad(y, x, GradOptions.retainGraph()).item()).isEqualTo(3);
    assertThat(runs).hasValue(0);

    Tensor unused = counted.square();
    x.square().backward();
    assertThat(runs).hasValue(0);
    assertThat(unused.requiresGrad()).isTrue();

    y.backward();
    assertThat(runs).hasValue(1);
  }

  @Test
  void scenario13IntermediateAndChosenInputs() {
    Tensor x = leaf(2.0);
    Tensor w = leaf(5.0);
    Tensor h = x.square();
    Tensor y = h.mul(w).sin();
    Gradients gradients = Autograd.grad(y, h, w);
    assertThat(gradients.of(h).item()).isEqualTo(Math.cos(20) * 5);
    assertThat(gradients.of(w).item()).isEqualTo(Math.cos(20) * 4);
    assertThat(x.hasGrad()).isFalse();
    assertThat(w.hasGrad()).isFalse();
    assertThat(h.hasGrad()).isFalse();
  }

  @Test
  void scenario14WhatCustomPullbacksMayReturn() {
    Tensor x = leaf(1, 2);
    Tensor same = Tensor.custom("same", x.detach(), x, g -> g);
    same.mul(same).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(2, 4);

    Tensor a = leaf(1.0);
    Tensor b = leaf(2.0);
    Tensor seven = Tensor.scalar(7);
    Tensor duplicates = Tensor.custom("duplicates", Tensor.scalar(0), a, g -> seven, b, g -> seven);
    duplicates.backward();
    duplicatesAreIndependent(a, b);

    Tensor wrong = Tensor.custom("wrong", Tensor.of(1.0, 2.0), x, g -> Tensor.of(1.0, 2.0, 3.0));
    assertThatThrownBy(() -> wrong.sum().backward())
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("'wrong'")
        .hasMessageContaining("input 0")
        .hasMessageContaining("[3]")
        .hasMessageContaining("[2]");

    IllegalStateException cause = new IllegalStateException("broken");
    Tensor throwing =
        Tensor.custom(
            "throwing",
            Tensor.scalar(0),
            x,
            g -> {
              throw cause;
            });
    assertThatThrownBy(throwing::backward)
        .isInstanceOf(PullbackException.class)
        .hasCause(cause)
        .hasMessageContaining("'throwing'");
  }

  private static void duplicatesAreIndependent(Tensor a, Tensor b) {
    assertThat(a.grad().item()).isEqualTo(7);
    assertThat(b.grad().item()).isEqualTo(7);
    a.mul(1).backward();
    assertThat(a.grad().item()).isEqualTo(8);
    assertThat(b.grad().item()).isEqualTo(7);
  }

  @Test
  void scenario14NullFromAPullbackIsNamed() {
    Tensor x = leaf(1.0);
    Tensor[] forgotten = new Tensor[1];
    Tensor nothing = Tensor.custom("nothing", Tensor.scalar(0), x, g -> forgotten[0]);
    assertThatThrownBy(nothing::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "backward: the pullback of 'nothing' for input 0 returned null; return a tensor, zeros"
                + " for no derivative");
    assertThat(x.hasGrad()).isFalse();
  }
}
