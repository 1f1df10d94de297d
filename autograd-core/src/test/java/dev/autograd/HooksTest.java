package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
      List<Tensor> seen = new ArrayList<>();
      x.observeGrad(seen::add);
      Tensor y = x.at(0).add(x.at(1)).add(x.at(1)).add(x.slice(0, 1, 3).sum());
      y.backward(GradOptions.retainGraph());
      assertReads(seen.get(0), 1, 3, 1);
      y.backward();
      assertReads(seen.get(0), 1, 3, 1);
      assertReads(seen.get(1), 1, 3, 1);
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
}
