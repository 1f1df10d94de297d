package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Hooks after a sweep, what hooks hold in memory, and hooks of several threads. */
class HookLifetimeTest {

  private final List<String> log = new ArrayList<>();

  @AfterEach
  void threadIsAsBefore() {
    assertThat(Recorder.current().recording()).isTrue();
    assertThat(Recorder.current().sweep()).isNull();
    ClosedTape.closeAll();
  }

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  private Consumer<Tensor> logging(String name) {
    return g -> log.add(name + " " + g.reshape(-1).item(0));
  }

  @Nested
  class AfterBackward {

    @Test
    void seesTheSumAndMayStepAndClear() {
      Parameter w = Parameter.of("w", Tensor.scalar(4));
      w.mul(10).backward();
      w.afterBackward(logging("total"));
      w.afterBackward(
          g -> {
            assertThat(w.grad()).isSameAs(g);
            w.assign(w.sub(g.mul(0.5)));
            w.zeroGrad();
          });
      w.square().backward();
      assertThat(log).containsExactly("total 18.0");
      assertReads(w, -5);
      assertThat(w.hasGrad()).isFalse();
      w.square().backward();
      assertReads(w, 0);
    }

    @Test
    void runsWhenAllGradientsAreStored() {
      Tensor a = leaf(1);
      Tensor b = leaf(2);
      a.afterBackward(g -> log.add("a: " + a.grad().item() + " " + b.grad().item()));
      b.afterBackward(g -> log.add("b: " + a.grad().item() + " " + b.grad().item()));
      a.mul(b).backward();
      assertThat(log).containsExactlyInAnyOrder("a: 2.0 1.0", "b: 2.0 1.0");
    }

    @Test
    void isCalledOncePerSweepThatReachesTheLeaf() {
      Tensor a = leaf(1);
      Tensor b = leaf(2);
      a.afterBackward(logging("a"));
      Tensor y = a.mul(b);
      y.backward(GradOptions.retainGraph());
      b.mul(2).backward();
      y.backward();
      assertThat(log).containsExactly("a 2.0", "a 4.0");
    }

    @Test
    void runsInTheModeOfTheCaller() {
      Tensor x = leaf(2);
      List<Boolean> tracked = new ArrayList<>();
      x.afterBackward(g -> tracked.add(x.mul(1).requiresGrad()));
      Tensor y = x.square();
      Autograd.noGrad(() -> y.backward());
      x.square().backward();
      assertThat(tracked).containsExactly(false, true);
    }

    @Test
    void mayRunAnotherSweep() {
      Tensor x = leaf(2);
      AtomicInteger calls = new AtomicInteger();
      x.afterBackward(
          g -> {
            if (calls.getAndIncrement() == 0) {
              x.mul(100).backward();
            }
          });
      x.square().backward();
      assertReads(x.grad(), 104);
      assertThat(calls).hasValue(2);
    }

    @Test
    void isRefusedOnResults() {
      Tensor h = leaf(1).square();
      assertThatThrownBy(() -> h.afterBackward(g -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "afterBackward: tensor F64[1] made by 'square' is no leaf, where sums of gradients"
                  + " are stored; use observeGrad");
    }

    @Test
    void thatFailsLeavesTheGradientsStored() {
      Tensor x = leaf(3).named("x");
      x.afterBackward(
          g -> {
            throw new IllegalStateException("mine");
          });
      x.afterBackward(logging("next"));
      assertThatThrownBy(() -> x.square().backward())
          .isInstanceOf(PullbackException.class)
          .hasMessage(
              "backward: the hook after it on leaf \"x\" F64[1] threw"
                  + " java.lang.IllegalStateException: mine; all gradients are stored");
      assertReads(x.grad(), 6);
      assertThat(log).isEmpty();
    }

    @Test
    void isNotCalledByAFailedSweep() {
      Tensor x = leaf(3);
      x.afterBackward(logging("after"));
      x.replaceGrad(g -> Tensor.of(1.0, 2));
      assertThatThrownBy(() -> x.square().backward()).isInstanceOf(ShapeException.class);
      assertThat(log).isEmpty();
    }

    @Test
    void canBeRemoved() {
      Tensor x = leaf(3);
      Hook hook = x.afterBackward(logging("after"));
      x.square().backward();
      hook.remove();
      x.square().backward();
      assertThat(log).containsExactly("after 6.0");
    }
  }

  @Nested
  class Memory {

    private boolean isFreed(WeakReference<?> reference) {
      for (int attempt = 0; attempt < 20 && reference.get() != null; attempt++) {
        System.gc();
      }
      return reference.get() == null;
    }

    /** Returns a weak reference to a result whose hook knows it, and keeps what is given. */
    private WeakReference<Tensor> hooked(
        Tensor x, List<Object> kept, Function<Tensor, Object> keep) {
      Tensor h = x.square();
      Hook hook = h.observeGrad(g -> log.add(h + " " + g));
      Tensor y = h.sum();
      y.backward();
      assertThat(log).hasSize(1);
      kept.add(keep.apply(y));
      kept.add(hook);
      return new WeakReference<>(h);
    }

    @Test
    void theHooksOfAReleasedResultAreFreedAlthoughItsRootIsKept() {
      List<Object> kept = new ArrayList<>();
      Tensor x = leaf(1, 2);
      WeakReference<Tensor> h = hooked(x, kept, y -> y);
      ((Hook) kept.get(1)).remove();
      assertThat(isFreed(h)).isTrue();
      assertThat(kept).hasSize(2);
    }

    @Test
    void aReleasedResultForgetsItsHooks() {
      Tensor h = leaf(1, 2).square();
      h.observeGrad(logging("h"));
      Details details = h.vertex().details();
      assertThat(details.onGradient).isNotNull();
      h.sum().backward();
      assertThat(details.onGradient).isNull();
    }

    @Test
    void aRemovedHookHoldsNothing() {
      Tensor x = leaf(1);
      List<Hook> handles = new ArrayList<>();
      WeakReference<Object> captured = register(x, handles);
      handles.get(0).remove();
      assertThat(isFreed(captured)).isTrue();
    }

    @Test
    void aRemovedHookIsForgottenByTheTensor() {
      Tensor x = leaf(1);
      assertThat(isFreed(registerAndRemove(x))).isTrue();
      x.square().backward();
      assertThat(log).isEmpty();
    }

    private WeakReference<Hook> registerAndRemove(Tensor x) {
      Hook hook = x.observeGrad(logging("removed"));
      hook.remove();
      return new WeakReference<>(hook);
    }

    private WeakReference<Object> register(Tensor x, List<Hook> handles) {
      Object large = new double[1000];
      handles.add(x.observeGrad(g -> log.add(String.valueOf(large))));
      return new WeakReference<>(large);
    }
  }

  @Nested
  class Threads {

    /**
     * The place for the hooks of a result is made by whoever comes first. Fails if {@code
     * Vertex.sharedDetails()} sets the field without comparing, or {@code Hooks.add} is not
     * synchronized.
     */
    @Test
    void mayAddAndRemoveAtOnce() throws Exception {
      int threads = 2;
      int results = 2000;
      Tensor x = leaf(1);
      List<Tensor> all = new ArrayList<>();
      for (int i = 0; i < results; i++) {
        all.add(x.mul(2));
      }
      AtomicInteger calls = new AtomicInteger();
      AtomicInteger arrived = new AtomicInteger();
      InParallel.times(
          threads,
          () -> {
            for (int i = 0; i < results; i++) {
              // Both come to each result at the same moment.
              arrived.incrementAndGet();
              while (arrived.get() < threads * (i + 1)) {
                Thread.onSpinWait();
              }
              all.get(i).observeGrad(g -> calls.incrementAndGet());
              all.get(i).observeGrad(g -> calls.addAndGet(1_000_000)).remove();
            }
            return true;
          });
      Autograd.backward(all);
      assertThat(calls).hasValue(threads * results);
    }

    @Test
    void callTheHooksOfASharedLeafOncePerSweep() throws Exception {
      int sweeps = 200;
      Parameter w = Parameter.of("w", Tensor.of(1.0, 2));
      AtomicInteger calls = new AtomicInteger();
      w.replaceGrad(
          g -> {
            calls.incrementAndGet();
            return g.mul(2);
          });
      InParallel.times(
          4,
          () -> {
            for (int i = 0; i < sweeps; i++) {
              w.mul(3).sum().backward();
            }
            return true;
          });
      assertThat(calls).hasValue(4 * sweeps);
      assertReads(w.grad(), 6.0 * 4 * sweeps, 6.0 * 4 * sweeps);
    }
  }
}
