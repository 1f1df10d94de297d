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
    for (int i = 0; i < 20; i++) {
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
