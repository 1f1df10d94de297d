package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What hooks may return, throw, remove and run. */
class HookRulesTest {

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
      List<Tensor> seen = new ArrayList<>();
      Tensor h = x.mul(3);
      h.observeGrad(seen::add);
      h.square().sum().backward();
      assertReads(seen.get(0), 6, 12);
      tape.close();
      ClosedTape.assertDead(seen.get(0));
      assertReads(x.grad(), 18, 36);
    }
  }

  @Nested
  class Failures {

    private final IllegalArgumentException mine = new IllegalArgumentException("mine");

    private void fail(Tensor g) {
      log.add("failed on " + g);
      throw mine;
    }

    @Test
    void failTheSweepAndStoreNothing() {
      Tensor early = leaf(1).named("early");
      Tensor late = leaf(2);
      late.mul(5).backward();
      Tensor h = late.square().named("h");
      h.observeGrad(this::fail);
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
      Hook hook = x.observeGrad(this::fail);
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
      List<Hook> self = new ArrayList<>();
      self.add(
          x.replaceGrad(
              g -> {
                self.get(0).remove();
                return g.mul(10);
              }));
      x.mul(2).backward();
      x.mul(2).backward();
      assertReads(x.grad(), 22);
    }

    @Test
    void ofALaterHookInsideAHookIsInTime() {
      Tensor x = leaf(1);
      List<Hook> later = new ArrayList<>();
      x.observeGrad(g -> later.get(0).remove());
      later.add(x.observeGrad(logging("later")));
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
}
