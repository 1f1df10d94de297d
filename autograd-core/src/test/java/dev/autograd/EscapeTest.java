package dev.autograd;

import static dev.autograd.ClosedTape.assertDead;
import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What outlives a tape, and what does not: the row "escaping" of the design's table. */
class EscapeTest {

  @AfterEach
  void closeTapes() {
    ClosedTape.closeAll();
  }

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  @Nested
  class Keep {

    @Test
    void isDetachedAndOutlivesTheTape() {
      Tensor x = leaf(1, 2);
      Tensor kept = ClosedTape.after(() -> x.mul(3).keep());
      assertReads(kept, 3, 6);
      assertThat(kept.requiresGrad()).isFalse();
    }

    @Test
    void belongsToTheEnclosingTape() {
      Tape outer = Tape.open();
      Tensor kept = ClosedTape.after(() -> leaf(1).mul(3).keep());
      assertReads(kept, 3);
      Tensor keptAgain = kept.keep();
      outer.close();
      assertDead(kept);
      assertReads(keptAgain, 3);
    }

    @Test
    void ofAnOuterResultInsideAnInnerTapeLivesAsLongAsTheOuterOne() {
      Tape outer = Tape.open();
      Tensor y = leaf(1).mul(3);
      Tensor kept = ClosedTape.after(y::keep);
      assertReads(kept, 3);
      outer.close();
      assertDead(kept);
    }

    @Test
    void withoutATapeIsDetach() {
      Tensor y = leaf(1, 2).mul(3);
      Tensor kept = y.keep();
      assertThat(kept.requiresGrad()).isFalse();
      assertThat(kept.unguarded().data()).isSameAs(y.unguarded().data());
    }

    @Test
    void ofAParameterIsACopyOfItsCurrentValue() {
      Parameter w = Parameter.of("w", Tensor.of(1.0));
      Tensor kept = w.keep();
      Tensor keptInside = ClosedTape.after(() -> w.detach().keep());
      w.assign(Tensor.of(2.0));
      assertReads(kept, 1);
      assertReads(keptInside, 1);
    }
  }

  @Nested
  class Scope {

    @Test
    void keepsATensor() {
      Tensor x = leaf(1, 2);
      Tensor y = Tape.scope(() -> x.mul(2));
      assertReads(y, 2, 4);
      assertThat(y.requiresGrad()).isFalse();
    }

    @Test
    void returnsAParameterItself() {
      Parameter w = Parameter.of("w", Tensor.of(1.0));
      assertThat(Tape.scope(() -> w)).isSameAs(w);
    }

    @Test
    void keepsAHandleOfAParameterAcrossAnUpdate() {
      Parameter w = Parameter.of("w", Tensor.of(1.0));
      Tensor kept = Tape.scope(w::detach);
      w.assign(Tensor.of(2.0));
      assertReads(kept, 1);
    }

    @Test
    void keepsGradients() {
      Tensor x = leaf(1, 2);
      Tensor w = leaf(3, 4);
      Gradients d = Tape.scope(() -> Autograd.grad(x.mul(w).sum(), x, w));
      assertReads(d.of(x), 3, 4);
      assertReads(d.of(w), 1, 2);
    }

    @Test
    void keepsWhichGradientsWereReached() {
      Tensor x = leaf(1);
      Tensor unused = leaf(2);
      Gradients d =
          Tape.scope(
              () ->
                  Autograd.grad(
                      x.square(), List.of(x, unused), GradOptions.defaults().allowUnused()));
      assertThat(d.reached(x)).isTrue();
      assertThat(d.reached(unused)).isFalse();
      assertReads(d.of(unused), 0);
    }

    @Test
    void keepsAValueAndItsGradient() {
      ValueAndGrad pair =
          Tape.scope(() -> Autograd.valueAndGrad(a -> a.square().sum(), Tensor.of(3.0)));
      assertReads(pair.value(), 9);
      assertReads(pair.grad(), 6);
    }

    @Test
    void keepsAValueAndItsGradients() {
      Tensor x = leaf(3);
      ValueAndGradients pair =
          Tape.scope(() -> Autograd.valueAndGrad(() -> x.square().sum(), List.of(x)));
      assertThat(pair.value()).isEqualTo(9);
      assertReads(pair.gradients().of(x), 6);
    }

    @Test
    void handsOnEverythingElseAsItIs() {
      Tensor smuggled = Tape.scope(() -> List.of(leaf(1).mul(2))).get(0);
      assertDead(smuggled);
      assertThat(Tape.scope(() -> leaf(1).mul(2).item())).isEqualTo(2.0);
    }
  }

  @Nested
  class FunctionTransforms {

    @Test
    void keepWhatTheyReturn() {
      Tensor x = leaf(3);
      ValueAndGradients pair = Autograd.valueAndGrad(() -> x.square().sum(), List.of(x));
      assertReads(pair.gradients().of(x), 6);
      ValueAndGrad of = Autograd.valueAndGrad(a -> a.square().sum(), Tensor.of(3.0));
      assertReads(of.value(), 9);
      assertReads(of.grad(), 6);
    }

    @Test
    void leaveItToTheEnclosingTape() {
      Tensor x = leaf(3);
      Tape outer = Tape.open();
      ValueAndGradients pair = Autograd.valueAndGrad(() -> x.square().sum(), List.of(x));
      assertReads(pair.gradients().of(x), 6);
      outer.close();
      assertDead(pair.gradients().of(x));
    }
  }

  @Nested
  class Views {

    /** Whatever shows the storage of another tensor. */
    private final List<UnaryOperator<Tensor>> views =
        List.of(
            Tensor::detach,
            y -> y.reshape(2, 1),
            y -> y.unsqueeze(0),
            y -> y.reshape(2, 1).squeeze(),
            Tensor::identity,
            y -> y.detach().withGrad(),
            y -> y.detach().reshape(1, 2).withGrad(),
            y -> y.named("label"));

    @Test
    void shareStorageAndDieWithIt() {
      for (UnaryOperator<Tensor> view : views) {
        Tape tape = Tape.open();
        Tensor y = leaf(1, 2).mul(3);
        Tensor seen = ClosedTape.after(() -> view.apply(y));
        assertReads(seen, 3, 6);
        assertThat(seen.unguarded().data()).isSameAs(y.unguarded().data());
        tape.close();
        assertDead(seen);
      }
    }

    @Test
    void ofTensorsOnTheHeapOutliveTheTape() {
      Tensor x = leaf(1, 2);
      for (UnaryOperator<Tensor> view : views) {
        assertReads(ClosedTape.after(() -> view.apply(x)), 1, 2);
      }
    }
  }
}
