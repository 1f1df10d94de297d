package dev.autograd.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Autograd;
import dev.autograd.DTypeException;
import dev.autograd.NotTrackedException;
import dev.autograd.Parameter;
import dev.autograd.Pullback;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What cannot be checked is refused, with what was asked, what was given and what to do. */
class RefusalTest {

  private static final Tensor X = Tensor.of(0.5, 1.5);

  @Nested
  class OfInputs {

    @Test
    void integersNameTheClosure() {
      assertThatThrownBy(GradientCheck.of(Tensor::sin).at(Tensor.indices(1, 2))::check)
          .isInstanceOf(DTypeException.class)
          .hasMessageContaining("input 0 [2] is I32, which has no derivative")
          .hasMessageContaining("close over it");
    }

    @Test
    void masksAreIntegersToo() {
      assertThatThrownBy(GradientCheck.of(Tensor::sin).at(X.gt(1))::check)
          .isInstanceOf(DTypeException.class)
          .hasMessageContaining("BOOL");
    }

    @Test
    void nanNamesTheElement() {
      Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, Double.NaN, 4).named("weights");
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of(Tensor::sin).at(x)::check)
          .withMessageContaining("\"weights\" is NaN at [1, 0]");
    }

    @Test
    void infinityNamesTheElement() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              GradientCheck.of((a, b) -> a.mul(b)).at(X, Tensor.of(1, Double.NEGATIVE_INFINITY))
                  ::check)
          .withMessageContaining("input 1 is -Infinity at [1]");
    }

    @Test
    void tooFewOrTooManyAreCounted() {
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of(Tensor::sin).at(X, X)::check)
          .withMessageContaining("takes one tensor and at(...) names 2")
          .withMessageContaining("ofList");
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of((a, b) -> a.mul(b)).at(X)::check)
          .withMessageContaining("takes two tensors and at(...) names 1");
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.ofList(none -> X).at(List.of())::check)
          .withMessageContaining("needs at least one tensor");
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of(() -> X)::check)
          .withMessageContaining("needs the parameters")
          .withMessageContaining("names 0");
    }

    @Test
    void tensorsThatAreNoParametersAreExplained() {
      Parameter w = Parameter.of("w", X);
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of(() -> w.mul(X)).at(w, X)::check)
          .withMessageContaining("input 1 [2] is no Parameter")
          .withMessageContaining("of(x -> ...).at(x)")
          .withMessageContaining("make it a Parameter");
    }

    @Test
    void frozenParametersAreNamed() {
      Parameter w = Parameter.of("w", X);
      w.freeze();
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of(() -> w.sin()).at(w)::check)
          .withMessageContaining("parameter \"w\" is frozen")
          .withMessageContaining("unfreeze()");
    }
  }

  @Nested
  class OfOutputs {

    @Test
    void integersHaveNoDerivative() {
      assertThatThrownBy(GradientCheck.of(x -> x.argMax(0)).at(X)::check)
          .isInstanceOf(DTypeException.class)
          .hasMessageContaining("the output is I64, which has no derivative");
    }

    @Test
    void untrackedOnesAreExplained() {
      for (UnaryOperator<Tensor> f :
          List.<UnaryOperator<Tensor>>of(
              x -> x.detach().sin(),
              x -> Autograd.noGrad(() -> x.sin()),
              x -> x.map(Math::sin),
              x -> Tensor.scalar(3))) {
        assertThatThrownBy(GradientCheck.of(f).at(X)::check)
            .isInstanceOf(NotTrackedException.class)
            .hasMessageContaining("the output does not depend on any input")
            .hasMessageContaining("detach()");
      }
    }

    @Test
    void valuesThatAreNotFiniteNameTheElement() {
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of(Tensor::log).at(Tensor.of(1.0, -1.0))::check)
          .withMessageContaining("output [1] is NaN at the given inputs")
          .withMessageContaining("inside its domain");
    }

    @Test
    void nothingAtAll() {
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.ofOutputs(t -> List.of()).at(X)::check)
          .withMessageContaining("returned no outputs");
    }

    @Test
    void exceptionsAtTheInputsAreTheUsersOwn() {
      UnsupportedOperationException own = new UnsupportedOperationException("mine");
      assertThatThrownBy(
              GradientCheck.of(
                          x -> {
                            throw own;
                          })
                      .at(X)
                  ::check)
          .isSameAs(own);
    }

    @Test
    void shapesThatDependOnValuesAreShown() {
      UnaryOperator<Tensor> f = x -> x.item(0) > 0.5 ? x.sin() : x.sin().slice(0, 0, 1);
      assertThatThrownBy(GradientCheck.of(f).at(X)::check)
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining(
              "the output has shape [1] at the given inputs and [2] with input 0 [0]");
    }
  }

  @Nested
  class OfFunctions {

    @Test
    void thatDrawRandomNumbersNamesBothValues() {
      Random random = new Random(1);
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of(x -> x.mul(random.nextDouble())).at(X)::check)
          .withMessageContaining("not repeatable: output [0] was 0.")
          .withMessageContaining(" and 0.")
          .withMessageContaining("in two runs at the same inputs");
    }

    @Test
    void thatStartTheirGeneratorAnewIsNone() {
      assertThatCode(GradientCheck.of(x -> x.mul(new Random(1).nextDouble())).at(X)::assertPasses)
          .doesNotThrowAnyException();
    }

    @Test
    void whoseGradientIsRandomNamesBothValues() {
      Random random = new Random(1);
      UnaryOperator<Tensor> f =
          x -> Tensor.custom("noisy", x.map(Math::sin), x, g -> g.mul(random.nextDouble()));
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of(f).at(X)::check)
          .withMessageContaining("not repeatable: the gradient of input 0 at [0] was")
          .withMessageContaining("in two sweeps");
    }

    @Test
    void thatChangeTheirMindUnderWayAreNoticedAtTheEnd() {
      AtomicBoolean moved = new AtomicBoolean();
      UnaryOperator<Tensor> f =
          x -> {
            Tensor y = x.mul(moved.get() ? 2 : 1);
            // True for the difference by this element alone, whose first step is 1/128.
            moved.compareAndSet(false, Math.abs(x.item(1) - 1.5 + 1 / 512.0) < 1e-6);
            return y;
          };
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of(f).at(X)::check)
          .withMessageContaining("output [0] was 0.5 and 1.0 in the first and the last run");
    }

    @Test
    void thatChangeAnArrayTheyShareAreNoticed() {
      double[] shared = {1, 2};
      Tensor wrapped = Tensor.wrap(Shape.of(2), shared);
      UnaryOperator<Tensor> f =
          x -> {
            shared[0]++;
            return x.mul(wrapped);
          };
      assertThatIllegalArgumentException()
          .isThrownBy(GradientCheck.of(f).at(X)::check)
          .withMessageContaining("must not change what it reads");
    }

    @Test
    void withoutASecondDerivativeSayItThemselves() {
      UnaryOperator<Tensor> f =
          x -> Tensor.custom("sin", x.map(Math::sin), x, Pullback.once(g -> g.mul(x.cos())));
      GradientCheck.of(f).at(X).assertPasses();
      assertThatIllegalStateException()
          .isThrownBy(GradientCheck.of(f).at(X).order(2)::check)
          .withMessageContaining("once(");
    }
  }

  @Nested
  class OfSettings {

    @Test
    void ordersBelowOne() {
      for (int order : new int[] {0, -1}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> GradientCheck.of(Tensor::sin).order(order))
            .withMessageContaining("order: " + order + " cannot be checked");
      }
    }

    @Test
    void directionsThatCheckNothing() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GradientCheck.of(Tensor::sin).directions(0))
          .withMessageContaining("directions: 0 check nothing");
      for (double probability : new double[] {0, 1, -0.5, Double.NaN}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> GradientCheck.of(Tensor::sin).missing(probability))
            .withMessageContaining("missing: " + probability);
      }
    }

    @Test
    void lettingWrongDerivativesPass() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GradientCheck.of(Tensor::sin).allowing(Verdict.WRONG))
          .withMessageContaining("checks nothing");
    }

    @Test
    void tolerancesBelowZeroOrNan() {
      GradientCheck check = GradientCheck.of(Tensor::sin);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> check.tolerance(-1e-9, 0))
          .withMessageContaining("relative is -1.0E-9");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> check.tolerance(0, Double.NaN))
          .withMessageContaining("absolute NaN");
    }

    @Test
    void recordingSwitchedOff() {
      assertThatIllegalStateException()
          .isThrownBy(() -> Autograd.noGrad(GradientCheck.of(Tensor::sin).at(X)::assertPasses))
          .withMessageContaining("recording is switched off")
          .withMessageContaining("outside Autograd.noGrad");
    }
  }
}
