package dev.autograd;

import static dev.autograd.ClosedTape.assertDead;
import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The design's table "Tapes, storage and lifetime", row by row: what a tape owns, and when it ends.
 * The rows on what leaves a tape are in {@link EscapeTest}, those on gradients in {@link
 * GradientLifetimeTest}, those on updates in place in {@link StaleValueTest}.
 */
class LifetimeTest {

  @AfterEach
  void closeTapes() {
    ClosedTape.closeAll();
  }

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  @Nested
  class NoOpenTape {

    @Test
    void resultsAndGradientsStayReadable() {
      Tensor x = leaf(1, 2);
      Tensor y = x.square();
      Tensor g = Autograd.grad(y.sum(), x);
      assertReads(y, 1, 4);
      assertReads(g, 2, 4);
    }
  }

  @Nested
  class WhatATapeOwns {

    private final Map<String, UnaryOperator<Tensor>> results =
        Map.ofEntries(
            Map.entry("recorded", x -> x.mul(x)),
            Map.entry("untracked", x -> x.detach().mul(x.detach())),
            Map.entry("under noGrad", x -> Autograd.noGrad(() -> x.mul(x))),
            Map.entry("product", x -> x.dot(x)),
            Map.entry("reduction", Tensor::sum),
            Map.entry("mask", x -> x.gt(0)),
            Map.entry("index", x -> x.argMax(0)),
            Map.entry("converted", x -> x.to(DType.F32)),
            Map.entry("converted to integers", x -> x.to(DType.I64)),
            Map.entry("mapped", x -> x.map(Math::cbrt)),
            Map.entry("joined", x -> Tensor.concat(0, x, x)),
            Map.entry("taken", x -> x.slice(0, 0, 1)),
            Map.entry(
                "custom", x -> Tensor.custom("half", x.detach().mul(0.5), x, g -> g.mul(0.5))));

    @Test
    void resultsOfOperationsDieWithIt() {
      Tensor x = leaf(1, 2);
      results.forEach(
          (name, f) -> {
            Tensor y = ClosedTape.after(() -> f.apply(x));
            assertThatThrownBy(y::toDoubleArray).as(name).isInstanceOf(ClosedTapeException.class);
          });
    }

    @Test
    void adjointsDieWithIt() {
      Tensor x = leaf(1, 2);
      List<Tensor> upstream = new ArrayList<>();
      ClosedTape.after(
          () -> {
            Tensor y =
                Tensor.custom(
                    "twice",
                    x.detach().mul(2),
                    x,
                    g -> {
                      upstream.add(g);
                      return g.mul(2);
                    });
            y.mul(y).sum().backward();
            assertReads(upstream.get(0), 4, 8);
            return y;
          });
      assertDead(upstream.get(0));
    }

    @Test
    void factoryTensorsAreNeverOwned() {
      Tensor made = ClosedTape.after(() -> Tensor.ones(DType.F64, 2));
      Tensor tracked = ClosedTape.after(() -> leaf(3, 4));
      assertReads(made, 1, 1);
      assertReads(tracked, 3, 4);
      assertReads(made.add(tracked), 4, 5);
    }

    @Test
    void parametersAreNeverOwned() {
      Parameter w =
          ClosedTape.after(
              () -> {
                Parameter made = Parameter.of("w", Tensor.of(1.0, 2.0).mul(2));
                made.assign(made.mul(3));
                return made;
              });
      assertReads(w, 6, 12);
    }

    @Test
    void gradientsOfLeavesAreNeverOwned() {
      Tensor x = leaf(1, 2);
      Tensor passedOn = leaf(1, 2);
      Parameter w = Parameter.of("w", Tensor.of(3.0, 4.0));
      Tape.scope(() -> x.mul(w).add(passedOn).sum().backward());
      assertReads(x.grad(), 3, 4);
      assertReads(w.grad(), 1, 2);
      assertReads(passedOn.grad(), 1, 1);
    }

    @Test
    void retainedGradientsOutliveItAsThoseOfLeavesDo() {
      Tensor x = leaf(1, 2);
      Tensor y =
          ClosedTape.after(
              () -> {
                Tensor retained = x.mul(3).retainGrad();
                retained.mul(retained).sum().backward();
                return retained;
              });
      assertReads(y.grad(), 6, 12);
      assertDead(y);
    }
  }

  @Nested
  class Closing {

    @Test
    void makesReadingThrowAndNameOperationAndKeep() {
      Tensor x = leaf(1, 2);
      Tensor y = ClosedTape.after(() -> x.tanh().named("A1"));
      assertThatThrownBy(y::toDoubleArray)
          .isInstanceOf(ClosedTapeException.class)
          .hasMessageContaining("tanh")
          .hasMessageContaining("A1")
          .hasMessageContaining("F64[2]")
          .hasMessageContaining("keep()");
    }

    @Test
    void makesEveryWayOfReadingThrow() {
      Tensor x = leaf(1);
      Tensor y = ClosedTape.after(x::exp);
      Map<String, ThrowingCallable> reads =
          Map.ofEntries(
              Map.entry("item", y::item),
              Map.entry("toDoubleArray", y::toDoubleArray),
              Map.entry("toString", y::toString),
              Map.entry("map", () -> y.map(Math::sin)),
              Map.entry("to", () -> y.to(DType.F32)),
              Map.entry("allClose", () -> y.allClose(y, 0, 0)),
              Map.entry("sum", y::sum),
              Map.entry("add", () -> x.add(y)),
              Map.entry("detach", y::detach),
              Map.entry("keep", y::keep),
              Map.entry("reshape", () -> y.reshape(1, 1)),
              Map.entry("backward", y::backward),
              Map.entry("Parameter.of", () -> Parameter.of("w", y)));
      reads.forEach(
          (name, read) ->
              assertThatThrownBy(read).as(name).isInstanceOf(ClosedTapeException.class));
    }

    @Test
    void leavesShapeTypeAndGraphReadable() {
      Tensor x = leaf(1, 2);
      Tensor y = ClosedTape.after(x::exp);
      assertThat(y.shape().toArray()).containsExactly(2);
      assertThat(y.dtype()).isEqualTo(DType.F64);
      assertThat(y.nodes()).extracting(Node::op).containsExactly("leaf", "exp");
    }

    @Test
    void isIdempotent() {
      Tape tape = Tape.open();
      Tensor y = leaf(1).exp();
      tape.close();
      tape.close();
      assertDead(y);
      assertThat(Recorder.current().tape()).isNull();
    }

    @Test
    void isRefusedFromAnotherThreadAndLeavesTheTapeOpen() {
      Tape tape = Tape.open();
      Tensor y = leaf(1).mul(2);
      Callable<Boolean> close =
          () -> {
            tape.close();
            return true;
          };
      assertThatThrownBy(() -> InParallel.elsewhere(close))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(Thread.currentThread().getName());
      assertReads(y, 2);
    }

    @Test
    void isRefusedInTheMiddleOfASweep() {
      Tensor x = leaf(1, 2);
      Tape tape = Tape.open();
      Tensor y =
          Tensor.custom(
              "closing",
              x.detach(),
              x,
              g -> {
                tape.close();
                return g;
              });
      assertThatThrownBy(() -> y.sum().backward())
          .isInstanceOf(PullbackException.class)
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a sweep is running");
      assertReads(y, 1, 2);
      assertThat(x.hasGrad()).isFalse();
      tape.close();
      assertDead(y);
    }

    @Test
    void ofATapeOpenedInsideTheSweepIsNotRefused() {
      Tensor x = leaf(1, 2);
      Tensor y = Tensor.custom("scoped", x.detach(), x, g -> Tape.scope(() -> g.mul(2).add(g)));
      y.sum().backward();
      assertReads(x.grad(), 3, 3);
    }

    @Test
    void ofATapeThatAPullbackLeftOpenIsPossibleAfterTheSweep() {
      Tensor x = leaf(1);
      List<Tape> left = new ArrayList<>();
      Tensor y =
          Tensor.custom(
              "forgetful",
              x.detach(),
              x,
              g -> {
                left.add(Tape.open());
                return g;
              });
      y.backward();
      left.get(0).close();
      assertThat(Recorder.current().tape()).isNull();
    }
  }

  @Nested
  class NestedTapes {

    @Test
    void aNodeBelongsToTheInnermostTapeOnly() {
      Tensor x = leaf(1);
      Tape outer = Tape.open();
      x.sin();
      Tape inner = Tape.open();
      x.cos();
      inner.close();
      x.tanh();
      assertThat(inner.nodes()).extracting(Node::op).containsExactly("cos");
      assertThat(outer.nodes()).extracting(Node::op).containsExactly("sin", "tanh");
    }

    @Test
    void innerCodeReadsAndDifferentiatesThroughOuterTensors() {
      Tensor x = leaf(3);
      Tape outer = Tape.open();
      Tensor y = x.square();
      Tape.scope(() -> y.mul(2).backward());
      assertReads(y, 9);
      outer.close();
      assertReads(x.grad(), 12);
    }

    @Test
    void closingTheOuterClosesTheInnerFirst() {
      Tape outer = Tape.open();
      Tape inner = Tape.open();
      Tape innermost = Tape.open();
      Tensor y = leaf(1).mul(2);
      outer.close();
      assertDead(y);
      assertThat(Recorder.current().tape()).isNull();
      innermost.close();
      inner.close();
      assertThat(Recorder.current().tape()).isNull();
    }

    @Test
    void closingTheInnerTwiceDoesNotCloseTheOuter() {
      Tape outer = Tape.open();
      Tape inner = Tape.open();
      inner.close();
      inner.close();
      Tensor y = leaf(1).mul(2);
      assertThat(outer.nodes()).hasSize(1);
      assertReads(y, 2);
    }
  }

  @Nested
  class GradInsideATape {

    private final Map<String, UnaryOperator<Tensor>> functions =
        Map.of(
            "computed", x -> x.square().sum(),
            "passed through a sum", x -> x.add(1).sum(),
            "the seed itself", x -> x.add(1));

    @Test
    void belongsToTheTape() {
      functions.forEach(
          (name, f) -> {
            Tensor x = Tensor.scalar(3).withGrad();
            Tensor g = ClosedTape.after(() -> Autograd.grad(f.apply(x), x));
            assertThatThrownBy(g::item).as(name).isInstanceOf(ClosedTapeException.class);
          });
    }

    @Test
    void escapesByKeep() {
      functions.forEach(
          (name, f) -> {
            Tensor x = Tensor.scalar(3).withGrad();
            Tensor g = ClosedTape.after(() -> Autograd.grad(f.apply(x), x).keep());
            assertThat(g.item()).as(name).isPositive();
          });
    }

    @Test
    void belongsToTheTapeWithCreateGraphToo() {
      Tensor x = leaf(3);
      Tensor g =
          ClosedTape.after(
              () -> {
                Tensor first = Autograd.grad(x.mul(x).mul(x), x, GradOptions.createGraph());
                assertReads(Autograd.grad(first, x), 18);
                return first;
              });
      assertDead(g);
    }
  }
}
