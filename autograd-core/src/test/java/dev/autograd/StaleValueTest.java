package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rows of the design's table on updates in place and on custom operations. */
class StaleValueTest {

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  @Nested
  class Updates {

    private final Parameter w = Parameter.of("w", Tensor.of(1.0, 2.0));
    private final Tensor x = leaf(3, 4);

    private void update() {
      w.assign(Tensor.of(10.0, 20.0));
    }

    @Test
    void raiseTheVersion() {
      long before = w.version();
      update();
      assertThat(w.version()).isEqualTo(before + 1);
      assertReads(w, 10, 20);
    }

    @Test
    void thatAreRefusedDoNotRaiseIt() {
      long before = w.version();
      assertThatThrownBy(() -> w.assign(Tensor.of(1.0))).isInstanceOf(ShapeException.class);
      assertThatThrownBy(() -> w.assign(Tensor.of(1f, 2f))).isInstanceOf(DTypeException.class);
      assertThat(w.version()).isEqualTo(before);
      assertReads(w, 1, 2);
    }

    @Test
    void makeAStaleReadInAClosureThrow() {
      Tensor y = x.mul(w).sum();
      update();
      assertThatThrownBy(y::backward)
          .isInstanceOf(StaleValueException.class)
          .hasMessageContaining("mul")
          .hasMessageContaining("\"w\"")
          .hasMessageContaining("version 0 to 1");
      assertThat(x.hasGrad()).isFalse();
      assertThat(w.hasGrad()).isFalse();
    }

    @Test
    void makeAStaleReadOfAFrozenParameterThrow() {
      w.freeze();
      Tensor y = x.mul(w).sum();
      update();
      assertThatThrownBy(y::backward).isInstanceOf(StaleValueException.class);
    }

    @Test
    void makeAStaleReadInACustomPullbackThrow() {
      Tensor product = Autograd.noGrad(() -> x.mul(w));
      Tensor y = Tensor.custom("times", product, x, g -> g.mul(w), w, g -> g.mul(x));
      update();
      assertThatThrownBy(() -> y.sum().backward())
          .isInstanceOf(StaleValueException.class)
          .hasMessageContaining("times");
    }

    @Test
    void makeAStaleReadInASecondDerivativeThrow() {
      Tensor g = Autograd.grad(x.mul(w).square().sum(), x, GradOptions.createGraph());
      update();
      assertThatThrownBy(() -> Autograd.grad(g.sum(), x)).isInstanceOf(StaleValueException.class);
    }

    @Test
    void areFineForAnOperandThatNoPullbackReads() {
      Tensor y = x.add(w).sub(w).sum();
      update();
      y.backward();
      assertReads(x.grad(), 1, 1);
      assertReads(w.grad(), 0, 0);
    }

    @Test
    void areFineIfTheGradientThatReadsItIsNotAskedFor() {
      Tensor y = x.mul(w).sum();
      update();
      assertReads(Autograd.grad(y, w), 3, 4);
    }

    @Test
    void makeHandlesOfTheOldValueThrow() {
      List<Supplier<Tensor>> handles =
          List.of(
              w::detach,
              () -> w.reshape(2, 1),
              () -> w.unsqueeze(0),
              w::identity,
              w::withGrad,
              () -> w.detach().reshape(1, 2),
              () -> w.reshape(2, 1).detach());
      for (Supplier<Tensor> made : handles) {
        Tensor handle = made.get();
        handle.toDoubleArray();
        w.assign(w.mul(2));
        assertThatThrownBy(handle::toDoubleArray)
            .isInstanceOf(StaleValueException.class)
            .hasMessageContaining("\"w\"")
            .hasMessageContaining("keep()");
        assertThatThrownBy(handle::keep).isInstanceOf(StaleValueException.class);
      }
    }

    @Test
    void makeClosuresOverStaleHandlesThrow() {
      Tensor ofDetached = x.mul(w.detach()).sum();
      Tensor ofReshaped = x.mul(w.reshape(2, 1)).sum();
      update();
      assertThatThrownBy(ofDetached::backward).isInstanceOf(StaleValueException.class);
      assertThatThrownBy(ofReshaped::backward).isInstanceOf(StaleValueException.class);
    }

    @Test
    void doNotReachValuesComputedBefore() {
      Tensor y = w.mul(3);
      Tensor kept = w.keep();
      double[] copied = w.toDoubleArray();
      update();
      assertReads(y, 3, 6);
      assertReads(kept, 1, 2);
      assertThat(copied).containsExactly(1, 2);
    }

    @Test
    void doNotReachGradientsThatParametersPassedThrough() {
      Tensor g = Autograd.grad(x.add(0), x, GradOptions.defaults().seed(w));
      x.add(0).backward(w);
      update();
      assertReads(g, 1, 2);
      assertReads(x.grad(), 1, 2);
    }

    @Test
    void doNotReachTheTensorTheyWereGiven() {
      Tensor given = Tensor.of(10.0, 20.0);
      w.assign(given);
      w.assign(Tensor.of(0.0, 0.0));
      assertReads(given, 10, 20);
    }

    @Test
    void areRefusedInTheMiddleOfASweep() {
      Tensor y =
          Tensor.custom(
              "updating",
              x.detach(),
              x,
              g -> {
                update();
                return g;
              });
      assertThatThrownBy(() -> y.sum().backward())
          .isInstanceOf(PullbackException.class)
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in the middle of a sweep");
      assertThat(w.version()).isZero();
      assertReads(w, 1, 2);
      update();
      assertReads(w, 10, 20);
    }
  }

  @Nested
  class CustomOperations {

    private final Tensor x = leaf(1, 2);

    @Test
    void refuseATrackedValue() {
      assertThatThrownBy(() -> Tensor.custom("f", x.mul(2), x, g -> g))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("detach()");
    }

    @Test
    void copyAForeignArray() {
      double[] foreign = {1, 2};
      Tensor y = Tensor.custom("f", Tensor.wrap(x.shape(), foreign), x, g -> g);
      foreign[0] = 99;
      assertReads(y, 1, 2);
    }

    @Test
    void checkTheNumberOfPullbacks() {
      assertThatThrownBy(() -> Tensor.custom("f", x.detach(), List.of(x), List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 inputs and 0 pullbacks");
    }

    @Test
    void checkTheShapeThatAPullbackReturns() {
      Tensor y = Tensor.custom("f", x.detach(), x, g -> Tensor.of(1.0, 2.0, 3.0));
      assertThatThrownBy(() -> y.sum().backward())
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("'f'")
          .hasMessageContaining("input 0")
          .hasMessageContaining("[3]")
          .hasMessageContaining("[2]");
      assertThat(x.hasGrad()).isFalse();
    }

    @Test
    void checkTheTypeThatAPullbackReturns() {
      Tensor y = Tensor.custom("f", x.detach(), x, g -> g.to(DType.F32));
      assertThatThrownBy(() -> y.sum().backward())
          .isInstanceOf(DTypeException.class)
          .hasMessageContaining("'f'")
          .hasMessageContaining("F32")
          .hasMessageContaining("F64");
    }

    @Test
    void handOnWhatAPullbackThrows() {
      IllegalArgumentException mine = new IllegalArgumentException("mine");
      Tensor y =
          Tensor.custom(
              "f",
              x.detach(),
              x,
              g -> {
                throw mine;
              });
      assertThatThrownBy(() -> y.sum().backward())
          .isInstanceOf(PullbackException.class)
          .hasMessageContaining("'f'")
          .hasCause(mine);
      x.mul(2).sum().backward();
      assertReads(x.grad(), 2, 2);
    }
  }
}
