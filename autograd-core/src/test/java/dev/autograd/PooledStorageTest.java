package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Storage that tapes lease from their thread's pool: who gets it, and who may still read it. What
 * went back is full of NaN while tests run.
 */
class PooledStorageTest {

  private static final int SIZE = 100;

  private final Tensor x = Tensor.arange(DType.F64, SIZE).div(SIZE).detach().withGrad();

  @AfterEach
  void closeTapes() {
    ClosedTape.closeAll();
  }

  private static double[] times(double factor, Tensor a) {
    return Arrays.stream(a.toDoubleArray()).map(value -> factor * value).toArray();
  }

  private static @Nullable Object storageAfter(Callable<Tensor> code) throws Exception {
    try (Tape tape = Tape.open()) {
      assertThat(tape.nodes()).isEmpty();
      return code.call().storage();
    }
  }

  @Test
  void theNextTapeGetsTheSameStorage() throws Exception {
    Object first = storageAfter(() -> x.add(1));
    assertThat(storageAfter(() -> x.mul(2))).isSameAs(first);
  }

  @Test
  void withoutATapeStorageIsTheHeaps() throws Exception {
    Object leased = storageAfter(() -> x.add(1));
    assertThat(x.add(1).storage()).isNotSameAs(leased);
  }

  @Test
  void twoTensorsOfOneTapeNeverShare() {
    try (Tape tape = Tape.open()) {
      assertThat(x.add(1).storage()).isNotSameAs(x.add(1).storage());
      assertThat(tape.nodes()).hasSize(2);
    }
  }

  @Test
  void anotherThreadHasItsOwnPool() throws Exception {
    Object here = storageAfter(() -> x.add(1));
    List<@Nullable Object> there = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                there.add(storageAfter(() -> x.add(1)));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    thread.join();
    assertThat(there.get(0)).isNotSameAs(here);
  }

  @Test
  void gradientsOfLeavesOutliveTheTape() {
    try (Tape tape = Tape.open()) {
      x.square().sum().backward();
      assertThat(tape.nodes()).hasSize(2);
    }
    Tape.scope(() -> x.detach().add(1).mul(3));
    assertThat(x.grad().toDoubleArray()).isEqualTo(times(2, x));
  }

  @Test
  void aGradientHandedOutKeepsItsNumbers() {
    List<Tensor> seen = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int factor = i;
      Tape.scope(() -> x.square().mul(factor).sum().backward());
      seen.add(x.grad());
      x.zeroGrad();
    }
    for (int i = 1; i <= 3; i++) {
      assertThat(seen.get(i - 1).toDoubleArray()).isEqualTo(times(2 * i, x));
    }
  }

  @Test
  void aGradientShownToAHookKeepsItsNumbers() {
    List<Tensor> seen = new ArrayList<>();
    x.afterBackward(seen::add);
    x.observeGrad(seen::add);
    for (int i = 0; i < 2; i++) {
      try (Tape tape = Tape.open()) {
        x.square().sum().backward();
        assertThat(tape.nodes()).hasSize(2);
        assertThat(seen.get(2 * i).toDoubleArray()).isEqualTo(times(2, x));
      }
      x.zeroGrad();
    }
    assertThat(seen.get(1).toDoubleArray()).isEqualTo(times(2, x));
    assertThat(seen.get(3).toDoubleArray()).isEqualTo(times(2, x));
    assertThatThrownBy(() -> seen.get(0).toDoubleArray()).isInstanceOf(ClosedTapeException.class);
  }

  @Test
  void aGradientNobodyAskedForServesAgain() {
    List<@Nullable Object> storages = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Tape.scope(() -> x.square().sum().backward());
      storages.add(slot(x).storage());
      x.zeroGrad();
    }
    assertThat(storages.subList(2, 4)).containsAnyElementsOf(storages.subList(0, 2));
  }

  private static Tensor slot(Tensor leaf) {
    GradientSlot slot = Objects.requireNonNull(leaf.vertex().gradient());
    return Objects.requireNonNull(slot.peek());
  }

  @Test
  void aSeedThatPassesThroughIsNotTaken() {
    Tensor seed = Tensor.full(DType.F64, 3, SIZE);
    for (int i = 0; i < 3; i++) {
      Tape.scope(() -> x.add(1).backward(seed));
      x.zeroGrad();
    }
    assertThat(seed.toDoubleArray()).containsOnly(3);
  }

  @Test
  void gradientsOnTheWayStayReadable() {
    try (Tape tape = Tape.open()) {
      Tensor z = x.mul(2);
      Tensor y = z.square();
      var gradients = Autograd.grad(y.sum(), z, y, x);
      double[] ones = new double[SIZE];
      Arrays.fill(ones, 1);
      assertThat(gradients.of(y).toDoubleArray()).isEqualTo(ones);
      assertThat(gradients.of(z).toDoubleArray()).isEqualTo(times(4, x));
      assertThat(gradients.of(x).toDoubleArray()).isEqualTo(times(8, x));
      assertThat(tape.nodes()).isNotEmpty();
    }
  }

  @Test
  void retainedGradientsStayReadable() {
    try (Tape tape = Tape.open()) {
      Tensor z = x.mul(2).retainGrad();
      z.square().sum().backward();
      assertThat(z.grad().toDoubleArray()).isEqualTo(times(4, x));
      assertThat(tape.nodes()).hasSize(3);
    }
  }

  @Test
  void whatACustomPullbackKeepsStaysReadable() {
    List<Tensor> kept = new ArrayList<>();
    try (Tape tape = Tape.open()) {
      Tensor y =
          Tensor.custom(
              "twice",
              x.detach().mul(2),
              x,
              g -> {
                Tensor inner = g.mul(2);
                kept.add(g);
                kept.add(inner);
                return inner.mul(1);
              });
      y.square().sum().backward();
      assertThat(kept.get(0).toDoubleArray()).isEqualTo(times(4, x));
      assertThat(kept.get(1).toDoubleArray()).isEqualTo(times(8, x));
      assertThat(tape.nodes()).isNotEmpty();
    }
  }

  @Test
  void aGradientReplacedByAUsersContributionIsTheLeafsAlone() {
    List<UnaryOperator<Tensor>> strangers =
        List.of(
            a -> Tensor.custom("thrice", a.detach().mul(3), a, g -> g.mul(3)),
            a -> Autograd.recompute(b -> b.mul(3), a));
    for (UnaryOperator<Tensor> stranger : strangers) {
      Tensor w = Tensor.full(DType.F64, 1, SIZE).withGrad();
      Tape.scope(
          () -> {
            Tensor other = stranger.apply(w).sum();
            other.add(w.mul(2).sum()).backward();
          });
      Tensor g = w.grad();
      Tape.scope(() -> x.detach().mul(11).add(7));
      assertThat(g.toDoubleArray()).containsOnly(5);
    }
  }

  @Test
  void aSweepThatFailsAtItsEndStoresNothing() {
    Tensor w = Tensor.full(DType.F64, 1, SIZE).withGrad();
    Tensor u = Tensor.full(DType.F64, 1, SIZE).withGrad();
    Tensor c = Tensor.custom("dead", w.detach().mul(3), w, g -> ClosedTape.after(() -> g.mul(3)));
    Tensor loss = c.sum().add(u.mul(2).sum());
    assertThatThrownBy(loss::backward).isInstanceOf(ClosedTapeException.class);
    assertThat(u.hasGrad()).isFalse();
    assertThat(w.hasGrad()).isFalse();
  }

  @Test
  void gradientsThroughRecomputationLeadToTheirTargetsOnly() {
    Tensor a = Tensor.scalar(2).withGrad();
    Tensor b = Tensor.scalar(3).withGrad();
    Tensor y = Autograd.recompute((p, q) -> p.mul(q), a, b.sin());
    assertThat(Autograd.grad(y, a).item()).isEqualTo(Math.sin(3));
  }

  @Test
  void anInterceptorMayKeepWhatItIsShown() {
    Tensor rows = x.detach().reshape(SIZE / 2, 2).detach().withGrad();
    try (Tape tape = Tape.open()) {
      Tensor g = Autograd.grad(rows.prod(1).sum(), rows, GradOptions.createGraph());
      List<Tensor> seen = new ArrayList<>();
      List<double[]> numbers = new ArrayList<>();
      Inspection.intercept(
          (op, operands, result) -> {
            seen.add(result);
            numbers.add(result.toDoubleArray());
            return result;
          },
          () -> {
            g.mul(g).sum().backward();
            return true;
          });
      assertThat(seen).isNotEmpty();
      for (int i = 0; i < seen.size(); i++) {
        assertThat(seen.get(i).toDoubleArray()).isEqualTo(numbers.get(i));
      }
      assertThat(tape.nodes()).isNotEmpty();
    }
  }

  @Test
  void aHookIsShownItsGradientWhateverAnotherHookDoes() {
    Tensor a = Tensor.full(DType.F64, 1, SIZE).withGrad();
    Tensor b = Tensor.full(DType.F64, 1, SIZE).withGrad();
    List<Tensor> shown = new ArrayList<>();
    List<Tensor> leaves = List.of(a, b);
    for (Tensor leaf : leaves) {
      leaf.afterBackward(
          g -> {
            shown.add(g);
            if (shown.size() == 1) {
              Tensor other = leaf == a ? b : a;
              other.zeroGrad();
              Tape.scope(() -> other.mul(5).mul(11).sum().backward());
            }
          });
    }
    Tape.scope(() -> a.mul(2).sum().add(b.mul(2).sum()).backward());
    assertThat(shown.get(0).toDoubleArray()).containsOnly(2);
    assertThat(shown).allSatisfy(g -> assertThat(g.item(0)).isIn(2.0, 55.0));
    assertThat(shown.get(shown.size() - 1).toDoubleArray()).containsOnly(2);
  }

  /** Ran in a process of its own: a heap that holds 80 of its arrays. */
  static final class SmallHeap {

    private SmallHeap() {}

    /** Prints a sum. */
    public static void main(String[] args) {
      Tensor w = Tensor.full(DType.F64, 1, 100_000).withGrad();
      double sum = 0;
      try (Tape tape = Tape.open()) {
        for (int i = 0; i < 300; i++) {
          sum += Autograd.noGrad(() -> w.sin().cos()).item(0);
        }
        sum += tape.nodes().size();
      }
      for (int i = 0; i < 500; i++) {
        try (Tape tape = Tape.open()) {
          w.sin().cos().sum().backward();
          sum += w.grad().item(0) + tape.nodes().size();
          w.zeroGrad();
        }
      }
      System.out.println(sum > 0);
    }
  }

  @Test
  void longLoopsFitASmallHeap() throws Exception {
    assertThat(ChildJvm.run(SmallHeap.class, "-Xmx64m")).isEqualTo("true");
  }

  @Test
  void aSweepGivesBackWhatItPassedOn() {
    try (Tape tape = Tape.open()) {
      Tensor y = x;
      for (int i = 0; i < 50; i++) {
        y = y.tanh();
      }
      Tensor loss = y.sum();
      int before = tape.lease().held();
      loss.backward();
      assertThat(tape.lease().held() - before).isLessThan(5);
    }
  }

  @Test
  void aFailedSweepLosesNothing() {
    x.square().sum().backward();
    double[] before = x.grad().toDoubleArray();
    try (Tape tape = Tape.open()) {
      Tensor bad =
          Tensor.custom(
              "bad",
              x.detach().mul(2),
              x,
              g -> {
                throw new IllegalStateException("on purpose");
              });
      Tensor loss = bad.add(x.square()).sum();
      assertThatThrownBy(loss::backward).hasMessageContaining("on purpose");
      assertThat(tape.nodes()).isNotEmpty();
    }
    assertThat(x.grad().toDoubleArray()).isEqualTo(before);
  }

  @Test
  void whatLiesInAPoolIsBounded() {
    Pool pool = Recorder.current().pool();
    Tape.scope(() -> Tensor.zeros(DType.F64, 1 << 20).add(1).mul(2));
    for (int i = 0; i < 40; i++) {
      Tape.scope(() -> x.add(1));
    }
    assertThat(pool.heldBytes()).isLessThan(1 << 20);
  }

  @Test
  void everyLengthIsFoundAgain() {
    Pool pool = new Pool();
    for (DType dtype : DType.values()) {
      for (int n = 1; n < 5000; n = n * 9 / 8 + 1) {
        Object array = pool.take(dtype, n);
        pool.giveBack(array);
        assertThat(pool.take(dtype, n)).as(dtype + " " + n).isSameAs(array);
        assertThat(java.lang.reflect.Array.getLength(array)).isBetween(n, n + n / 4 + 1);
      }
    }
  }

  @Test
  void zerosAreZerosThough() {
    for (DType dtype : DType.values()) {
      Tape.scope(() -> Tensor.ones(dtype, SIZE).reshape(SIZE).to(DType.I64).to(dtype));
      try (Tape tape = Tape.open()) {
        assertThat(Allocation.zeros(dtype, Shape.of(SIZE)).hasSameBits(zeros(dtype))).isTrue();
        assertThat(tape.nodes()).isEmpty();
      }
    }
  }

  private static dev.autograd.array.NdArray zeros(DType dtype) {
    return dev.autograd.array.NdArray.zeros(dtype, Shape.of(SIZE));
  }
}
