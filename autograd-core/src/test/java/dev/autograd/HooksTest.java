package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Hooks on gradients: where they may hang, when they are called, and with what. */
class HooksTest {

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
  class Places {

    @Test
    void leavesAreReplacedWhatIsStored() {
      Tensor x = leaf(1, 2);
      x.replaceGrad(g -> g.mul(10));
      x.square().sum().backward();
      assertReads(x.grad(), 20, 40);
    }

    @Test
    void resultsAreReplacedWhatIsPassedOn() {
      Tensor x = leaf(1, 2);
      Tensor h = x.mul(3);
      h.replaceGrad(g -> g.clamp(-1, 1));
      h.mul(5).sum().backward();
      assertReads(x.grad(), 3, 3);
    }

    @Test
    void parametersKeepTheirHooksOverUpdates() {
      Parameter w = Parameter.of("w", Tensor.of(1.0, 2));
      w.replaceGrad(Tensor::neg);
      w.square().sum().backward();
      w.assign(w.add(w.grad()));
      w.zeroGrad();
      w.square().sum().backward();
      assertReads(w.grad(), 2, 4);
    }

    @Test
    void aRootsHookSeesTheSeed() {
      Tensor x = leaf(1, 2);
      Tensor y = x.mul(2);
      y.observeGrad(logging("seed"));
      y.replaceGrad(g -> g.mul(10));
      y.backward(Tensor.of(3.0, 4));
      assertThat(log).containsExactly("seed 3.0");
      assertReads(x.grad(), 60, 80);
    }

    @Test
    void aLeafThatIsTheRootIsHookedToo() {
      Tensor x = leaf(7);
      x.replaceGrad(g -> g.mul(4));
      x.backward();
      assertReads(x.grad(), 4);
    }

    @Test
    void retainedGradientsAreWhatHooksHaveLeft() {
      Tensor x = leaf(1);
      Tensor h = x.mul(3).retainGrad();
      h.replaceGrad(g -> g.mul(2));
      h.square().backward();
      assertReads(h.grad(), 12);
      assertReads(x.grad(), 36);
    }

    @Test
    void frozenParametersCallTheirHooksOnceTheyAreThawed() {
      Parameter w = Parameter.of("w", Tensor.scalar(2));
      w.freeze();
      w.observeGrad(logging("w"));
      Tensor x = leaf(3);
      w.mul(x).backward();
      assertThat(log).isEmpty();
      w.unfreeze();
      w.mul(x).backward();
      assertThat(log).containsExactly("w 3.0");
    }

    @Test
    void constantsAreRefused() {
      assertThatThrownBy(() -> Tensor.of(1.0, 2).observeGrad(g -> {}))
          .isInstanceOf(NotTrackedException.class)
          .hasMessage(
              "observeGrad: tensor F64[2] is not tracked; call withGrad() on an input first");
      assertThatThrownBy(() -> leaf(1).detach().replaceGrad(g -> g))
          .isInstanceOf(NotTrackedException.class);
      assertThatThrownBy(() -> Tensor.indices(1).afterBackward(g -> {}))
          .isInstanceOf(NotTrackedException.class);
    }

    @Test
    void bothElementTypesWork() {
      Tensor x = Tensor.of(1f, 2f).withGrad();
      x.mul(3).sum().backward();
      x.zeroGrad();
      x.replaceGrad(g -> g.mul(0.5));
      x.mul(3).sum().backward();
      assertThat(x.grad().dtype()).isEqualTo(DType.F32);
      assertReads(x.grad(), 1.5, 1.5);
    }
  }

  @Nested
  class Times {

    @Test
    void onceWhenAllContributionsAreSummed() {
      Tensor x = leaf(2);
      Tensor h = x.mul(1);
      h.observeGrad(logging("h"));
      x.observeGrad(logging("x"));
      // Three uses of h at different depths, and one of x that goes round it.
      h.add(h.square()).add(h.mul(3).neg().neg()).add(x.mul(5)).backward();
      assertThat(log).containsExactly("h 8.0", "x 13.0");
    }

    @Test
    void onceWithSlicesThatAreAddedInPlace() {
      Tensor x = leaf(1, 2, 3);
      AtomicReference<Tensor> seen = new AtomicReference<>();
      x.observeGrad(seen::set);
      Tensor y = x.at(0).add(x.at(1)).add(x.at(1)).add(x.slice(0, 1, 3).sum());
      y.backward(GradOptions.retainGraph());
      assertReads(seen.get(), 1, 3, 1);
      Tensor first = seen.get();
      y.backward();
      assertReads(first, 1, 3, 1);
      assertReads(x.grad(), 2, 6, 2);
    }

    @Test
    void oncePerSweepWithThatSweepsGradientAlone() {
      Tensor x = leaf(2);
      x.observeGrad(logging("x"));
      x.square().backward();
      x.mul(7).backward();
      assertThat(log).containsExactly("x 4.0", "x 7.0");
      assertReads(x.grad(), 11);
    }

    @Test
    void onceForSeveralRootsAndAListTwice() {
      Tensor x = leaf(2);
      Tensor h = x.square();
      h.observeGrad(logging("h"));
      Tensor y = h.mul(3);
      Autograd.backward(List.of(y, h, h));
      assertThat(log).containsExactly("h 5.0");
    }

    @Test
    void neverWhereNoGradientArrives() {
      Tensor x = leaf(2);
      Tensor unused = x.square();
      unused.observeGrad(logging("unused"));
      x.detach().mul(leaf(1)).backward();
      x.mul(2).backward();
      assertThat(log).isEmpty();
    }

    @Test
    void inOrderOfRegistrationEachOnWhatTheOneBeforeLeft() {
      Tensor x = leaf(1);
      x.observeGrad(logging("a"));
      x.replaceGrad(g -> g.mul(10));
      x.observeGrad(logging("b"));
      x.replaceGrad(g -> g.add(1));
      x.observeGrad(logging("c"));
      x.mul(2).backward();
      assertThat(log).containsExactly("a 2.0", "b 20.0", "c 21.0");
      assertReads(x.grad(), 21);
    }
  }

  @Nested
  class InAutogradGrad {

    @Test
    void targetsAreReturnedAsTheHooksLeaveThem() {
      Tensor x = leaf(3);
      Tensor h = x.square();
      h.replaceGrad(g -> g.mul(10));
      x.replaceGrad(g -> g.add(0.5));
      Gradients d = Autograd.grad(h.mul(2), h, x);
      assertReads(d.of(h), 20);
      assertReads(d.of(x), 120.5);
      assertThat(x.hasGrad()).isFalse();
    }

    @Test
    void onlyThePathsToTheTargetsCallHooks() {
      Tensor x = leaf(3);
      Tensor z = leaf(4);
      Tensor h = x.square();
      x.observeGrad(logging("x"));
      h.observeGrad(logging("h"));
      z.observeGrad(logging("z"));
      x.afterBackward(logging("after"));
      Autograd.grad(h.mul(z), h);
      assertThat(log).containsExactly("h 4.0");
    }

    @Test
    void resultsInsideATransformedFunctionAreHooked() {
      Tensor d =
          Autograd.grad(
                  (Tensor t) -> {
                    Tensor h = t.square();
                    h.replaceGrad(Tensor::neg);
                    return h.mul(2);
                  })
              .apply(Tensor.scalar(3));
      assertReads(d, -12);
    }
  }

  @Nested
  class UnderCreateGraph {

    @Test
    void whatHooksComputeIsDifferentiatedToThirdOrder() {
      Tensor x = leaf(2);
      Tensor h = x.square();
      // The gradient that reaches h is h, replaced by h h; with dh/dx = 2 x that makes 2 x⁵.
      Hook hook = h.replaceGrad(g -> g.mul(h));
      Tensor y = h.square().mul(0.5);
      Tensor d1 = Autograd.grad(y, x, GradOptions.createGraph());
      hook.remove();
      Tensor d2 = Autograd.grad(d1, x, GradOptions.createGraph());
      assertReads(d1, 64);
      assertReads(d2, 160);
      assertReads(Autograd.grad(d2, x), 320);
    }

    @Test
    void everyOrdersSweepCallsTheHook() {
      Tensor x = leaf(3);
      x.replaceGrad(g -> g.mul(10));
      Tensor d1 = Autograd.grad(x.square().mul(x), x, GradOptions.createGraph());
      assertReads(d1, 270);
      assertReads(Autograd.grad(d1, x), 1800);
    }

    @Test
    void hooksThatObserveKeepTheGraph() {
      Tensor x = leaf(2);
      x.observeGrad(logging("x"));
      Tensor d1 = Autograd.grad(x.square().mul(x), x, GradOptions.createGraph());
      assertReads(Autograd.grad(d1, x), 12);
      assertThat(log).containsExactly("x 12.0", "x 12.0");
    }

    @Test
    void aReplacementThatLosesTheDerivativeIsRefused() {
      Tensor x = leaf(2);
      x.named("x").replaceGrad(g -> g.map(v -> 2 * v));
      Tensor y = x.square().mul(x);
      assertThatThrownBy(() -> Autograd.grad(y, x, GradOptions.createGraph()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "grad: the hook on leaf \"x\" F64[1] returned a tensor that was not computed from the"
                  + " gradient by tensor operations, so its derivative would silently be zero;"
                  + " write it in tensor operations, or return g.mul(0) for a gradient that is"
                  + " zero");
      assertReads(Autograd.grad(y, x), 24);
    }

    @Test
    void withoutItNothingIsRecorded() {
      Tensor x = leaf(2);
      Tensor h = x.square();
      List<Boolean> tracked = new ArrayList<>();
      h.replaceGrad(
          g -> {
            Tensor replaced = g.mul(h);
            tracked.add(replaced.requiresGrad());
            return replaced;
          });
      h.mul(3).backward();
      assertThat(tracked).containsExactly(false);
      assertReads(x.grad(), 48);
    }
  }

  @Nested
  class WhatHooksReturn {

    private final Tensor x = leaf(1, 2).named("x");

    private void assertRefused(Class<?> type, String message, Tensor returned) {
      Hook hook = x.replaceGrad(g -> returned);
      assertThatThrownBy(() -> x.mul(3).sum().backward()).isInstanceOf(type).hasMessage(message);
      assertThat(x.hasGrad()).isFalse();
      hook.remove();
    }

    @Test
    void mustHaveTheShape() {
      assertRefused(
          ShapeException.class,
          "backward: the hook on leaf \"x\" F64[2] returned [3] for a gradient of shape [2]; the"
              + " shapes must be equal",
          Tensor.of(1.0, 2, 3));
      assertRefused(
          ShapeException.class,
          "backward: the hook on leaf \"x\" F64[2] returned [1, 2] for a gradient of shape [2]; the"
              + " shapes must be equal",
          Tensor.of(new double[][] {{1, 2}}));
    }

    @Test
    void mustHaveTheType() {
      assertRefused(
          DTypeException.class,
          "backward: the hook on leaf \"x\" F64[2] returned F32 for a gradient of F64; convert it"
              + " with to(F64)",
          Tensor.of(1f, 2f));
    }

    @Test
    void mustBeSomething() {
      Tensor[] nothing = new Tensor[1];
      x.replaceGrad(g -> nothing[0]);
      assertThatThrownBy(() -> x.mul(3).sum().backward())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "backward: the hook on leaf \"x\" F64[2] returned null; return the gradient itself to"
                  + " leave it as it is");
    }

    @Test
    void mayBeAParameterWhoseLaterValuesDoNotCount() {
      Parameter p = Parameter.of("p", Tensor.of(5.0, 6));
      x.replaceGrad(g -> p);
      x.mul(3).sum().backward();
      Tensor g = Autograd.grad(x.mul(3).sum(), x);
      p.assign(Tensor.of(0.0, 0));
      assertReads(x.grad(), 5, 6);
      assertReads(g, 5, 6);
    }

    @Test
    void isNotWrittenToAfterwards() {
      Tensor mine = Tensor.of(5.0, 6);
      Tensor h = x.mul(1);
      h.replaceGrad(g -> mine);
      h.add(h).add(x).add(x.mul(2)).sum().backward();
      x.mul(1).sum().backward();
      assertReads(mine, 5, 6);
      assertReads(x.grad(), 9, 10);
    }

    @Test
    void andWhatTheySawIsNotWrittenToEither() {
      List<Tensor> seen = new ArrayList<>();
      Tensor h = x.mul(1);
      h.observeGrad(seen::add);
      x.observeGrad(seen::add);
      // The gradient of h goes to x as it is, and x gets three more.
      h.add(x).add(x.mul(2)).add(h.neg()).add(h.mul(4)).sum().backward();
      x.sum().backward();
      assertReads(seen.get(0), 4, 4);
      assertReads(seen.get(1), 7, 7);
      assertReads(x.grad(), 8, 8);
    }

    @Test
    void diesWithAnOpenTape() {
      Tape tape = Tape.open();
      AtomicReference<Tensor> seen = new AtomicReference<>();
      Tensor h = x.mul(3);
      h.observeGrad(seen::set);
      h.square().sum().backward();
      assertReads(seen.get(), 6, 12);
      tape.close();
      ClosedTape.assertDead(seen.get());
      assertReads(x.grad(), 18, 36);
    }
  }

  @Nested
  class Failures {

    private final IllegalArgumentException mine = new IllegalArgumentException("mine");

    private Consumer<Tensor> throwing() {
      return g -> {
        throw mine;
      };
    }

    @Test
    void failTheSweepAndStoreNothing() {
      Tensor early = leaf(1).named("early");
      Tensor late = leaf(2);
      late.mul(5).backward();
      Tensor h = late.square().named("h");
      h.observeGrad(throwing());
      Tensor y = h.mul(3).add(early);
      assertThatThrownBy(y::backward)
          .isInstanceOf(PullbackException.class)
          .hasMessage(
              "backward: the hook on square \"h\" F64[1] threw java.lang.IllegalArgumentException:"
                  + " mine; no gradient was changed, the graph is released")
          .hasCause(mine);
      assertThat(early.hasGrad()).isFalse();
      assertReads(late.grad(), 5);
      assertThatThrownBy(y::backward).isInstanceOf(ReleasedGraphException.class);
    }

    @Test
    void canBeTriedAgainOnARetainedGraph() {
      Tensor x = leaf(2);
      Hook hook = x.observeGrad(throwing());
      Tensor y = x.square();
      assertThatThrownBy(() -> y.backward(GradOptions.retainGraph()))
          .isInstanceOf(PullbackException.class)
          .hasMessageEndingWith("mine; no gradient was changed");
      hook.remove();
      y.backward();
      assertReads(x.grad(), 4);
    }

    @Test
    void errorsThatAreNoExceptionsPassUnwrapped() {
      Tensor x = leaf(2);
      AssertionError error = new AssertionError("in a hook");
      x.observeGrad(
          g -> {
            throw error;
          });
      assertThatThrownBy(() -> x.square().backward()).isSameAs(error);
      assertThat(x.hasGrad()).isFalse();
    }

    @Test
    void ofAHookThatUpdatesAParameterSayWhen() {
      Parameter w = Parameter.of("w", Tensor.scalar(2));
      w.observeGrad(g -> w.assign(g));
      assertThatThrownBy(() -> w.square().backward())
          .isInstanceOf(PullbackException.class)
          .hasMessageContaining("the hook on parameter \"w\" F64[]")
          .hasMessageContaining("in the middle of a sweep");
      assertReads(w, 2);
    }
  }

  @Nested
  class Removal {

    @Test
    void endsTheCalls() {
      Tensor x = leaf(1);
      Hook a = x.observeGrad(logging("a"));
      x.observeGrad(logging("b"));
      x.mul(2).backward();
      a.remove();
      a.remove();
      x.mul(3).backward();
      assertThat(log).containsExactly("a 2.0", "b 2.0", "b 3.0");
    }

    @Test
    void ofOneOfTwoEqualFunctionsLeavesTheOther() {
      Tensor x = leaf(1);
      Consumer<Tensor> same = logging("same");
      Hook first = x.observeGrad(same);
      x.observeGrad(same);
      first.remove();
      x.mul(2).backward();
      assertThat(log).containsExactly("same 2.0");
    }

    @Test
    void ofItselfInsideTheHookLetsThisCallCount() {
      Tensor x = leaf(1);
      AtomicReference<Hook> self = new AtomicReference<>();
      self.set(
          x.replaceGrad(
              g -> {
                self.get().remove();
                return g.mul(10);
              }));
      x.mul(2).backward();
      x.mul(2).backward();
      assertReads(x.grad(), 22);
    }

    @Test
    void ofALaterHookInsideAHookIsInTime() {
      Tensor x = leaf(1);
      AtomicReference<Hook> later = new AtomicReference<>();
      x.observeGrad(g -> later.get().remove());
      later.set(x.observeGrad(logging("later")));
      x.observeGrad(logging("last"));
      x.mul(2).backward();
      assertThat(log).containsExactly("last 2.0");
    }

    @Test
    void ofAHookOnATensorThatIsStillToComeIsInTime() {
      Tensor x = leaf(1);
      Tensor h = x.mul(2);
      Hook onX = x.observeGrad(logging("x"));
      h.observeGrad(g -> onX.remove());
      h.backward();
      assertThat(log).isEmpty();
    }

    @Test
    void ofAnEarlierHookDoesNotCallOthersTwice() {
      Tensor x = leaf(1);
      Hook first = x.observeGrad(logging("first"));
      x.observeGrad(g -> first.remove());
      x.observeGrad(logging("third"));
      x.mul(2).backward();
      assertThat(log).containsExactly("first 2.0", "third 2.0");
    }

    @Test
    void addingToACompleteGradientWaitsForTheNextSweep() {
      Tensor x = leaf(1);
      AtomicInteger calls = new AtomicInteger();
      x.observeGrad(
          g -> {
            if (calls.getAndIncrement() == 0) {
              x.observeGrad(logging("added"));
            }
          });
      x.mul(2).backward();
      assertThat(log).isEmpty();
      x.mul(3).backward();
      assertThat(log).containsExactly("added 3.0");
    }

    @Test
    void addingToATensorThatIsStillToComeIsInTime() {
      Tensor x = leaf(1);
      Tensor h = x.mul(2);
      h.observeGrad(g -> x.observeGrad(logging("x")));
      h.backward();
      assertThat(log).containsExactly("x 2.0");
    }
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
  class Sweeps {

    @Test
    void insideAHookRunOnGraphsOfTheirOwn() {
      Tensor x = leaf(2);
      x.replaceGrad(g -> g.mul(Autograd.grad((Tensor t) -> t.square()).apply(Tensor.scalar(5))));
      x.mul(3).backward();
      assertReads(x.grad(), 30);
    }

    @Test
    void insideAHookMayReachTheSameLeaf() {
      Tensor x = leaf(2);
      Tensor inner = x.mul(7);
      Tensor h = x.square();
      h.observeGrad(g -> inner.backward());
      h.backward();
      assertReads(x.grad(), 11);
    }

    @Test
    void insideAHookOverTheGraphBeingSweptAreRefused() {
      Tensor x = leaf(2);
      Tensor h = x.square();
      Tensor y = h.mul(3);
      h.observeGrad(g -> y.backward());
      assertThatThrownBy(y::backward)
          .isInstanceOf(ReleasedGraphException.class)
          .hasMessageContaining("retainGraph()");
      assertThat(x.hasGrad()).isFalse();
    }
  }

  @Nested
  class WithRecompute {

    @Test
    void hooksInsideAndAtTheBorderAreCalledOnce() {
      Tensor x = leaf(2);
      x.observeGrad(logging("x"));
      Tensor y =
          Autograd.recompute(
              t -> {
                Tensor h = t.square();
                h.observeGrad(logging("h"));
                h.replaceGrad(g -> g.mul(10));
                return h.mul(3).add(t);
              },
              x);
      y.observeGrad(logging("y"));
      y.add(x.mul(5)).backward();
      assertThat(log).containsExactly("y 1.0", "h 3.0", "x 126.0");
      assertReads(x.grad(), 126);
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
    void aRemovedHookHoldsNothing() {
      Tensor x = leaf(1);
      List<Hook> handles = new ArrayList<>();
      WeakReference<Object> captured = register(x, handles);
      handles.get(0).remove();
      assertThat(isFreed(captured)).isTrue();
    }

    private WeakReference<Object> register(Tensor x, List<Hook> handles) {
      Object large = new double[1000];
      handles.add(x.observeGrad(g -> log.add(String.valueOf(large))));
      return new WeakReference<>(large);
    }
  }

  @Nested
  class Threads {

    @Test
    void mayAddAndRemoveAtOnce() throws Exception {
      int threads = 8;
      int rounds = 200;
      for (int round = 0; round < rounds; round++) {
        // A result: the place for its hooks is made by whoever comes first.
        Tensor h = leaf(1).mul(2);
        AtomicInteger calls = new AtomicInteger();
        InParallel.times(
            threads,
            () -> {
              h.observeGrad(g -> calls.incrementAndGet());
              h.observeGrad(g -> calls.addAndGet(1000)).remove();
              return true;
            });
        h.backward();
        assertThat(calls).hasValue(threads);
      }
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
