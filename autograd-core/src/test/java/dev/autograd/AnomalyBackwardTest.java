package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@link Tape.Option#CHECK_FINITE} in sweeps: pullbacks, sums, hooks and higher orders. */
class AnomalyBackwardTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private Tape tape = Tape.open();

  @BeforeEach
  void open() {
    tape.close();
    tape = Tape.open(Tape.Option.CHECK_FINITE);
  }

  @AfterEach
  void close() {
    assertThat(Recorder.current().sweep()).isNull();
    ClosedTape.closeAll();
  }

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertReported(
      ThrowingCallable sweep) {
    return assertThatThrownBy(sweep).isInstanceOf(NonFiniteException.class);
  }

  @Nested
  class Pullbacks {

    @Test
    void areNamedWithTheirInputAndTheLineOfTheOperation() {
      Tensor x = leaf(4, 0).named("x");
      Tensor root = x.sqrt().named("root");
      Tensor y = root.mul(2).sum();
      assertReported(y::backward)
          .message()
          .matches(
              "backward: the pullback of 'sqrt' \"root\" for input 0 made an infinity out of finite"
                  + " numbers: its result is F64\\[2] from 0\\.5 to 0\\.5, 1 infinite, the first at"
                  + " \\[1]; the gradient of the output is F64\\[2] from 2\\.0 to 2\\.0; operand 0"
                  + " was \"x\" F64\\[2] from 0\\.0 to 4\\.0; recorded at"
                  + " dev\\.autograd\\.AnomalyBackwardTest\\$Pullbacks\\.areNamed\\S*"
                  + "\\(AnomalyBackwardTest\\.java:\\d+\\); keep the operands away from there, with"
                  + " clamp or where");
      assertThat(x.hasGrad()).isFalse();
      assertReported(() -> Autograd.grad(leafSqrt(x), x))
          .hasMessageStartingWith("grad: the pullback of 'sqrt' for input 0 made an infinity");
    }

    private Tensor leafSqrt(Tensor x) {
      return x.sqrt().sum();
    }

    @Test
    void countAsAWhole() {
      // The slope of x^b in b passes log 0; that of sqrt at 0 is infinite, behind a gradient of 0.
      Tensor x = leaf(0, 2);
      Tensor b = leaf(2, 2);
      x.pow(b).add(x.sqrt().mul(Tensor.of(0.0, 1))).sum().backward();
      assertReads(b.grad(), 0, 4 * Math.log(2));
      assertThat(x.grad().item(0)).isZero();
    }

    @Test
    void ofUsersAreCheckedAsWell() {
      Tensor x = leaf(1, 2);
      Tensor half = Tensor.custom("half", x.detach().mul(0.5), x, g -> g.div(0));
      assertReported(() -> half.sum().backward())
          .hasMessageStartingWith("backward: the pullback of 'half' for input 0 made an infinity");

      Tensor masked = Tensor.custom("masked", x.detach(), x, g -> g.div(0).where(x.gt(9), 7));
      masked.sum().backward();
      assertReads(x.grad(), 7, 7);
    }

    @Test
    void handOnWhatTheSeedBrings() {
      Tensor x = leaf(1, 2);
      x.mul(2).add(1).backward(Tensor.of(INFINITY, Double.NaN));
      assertThat(x.grad().item(0)).isEqualTo(INFINITY);
      assertThat(x.grad().item(1)).isNaN();
    }

    @Test
    void handOnWhatAnOperandHad() {
      Tensor x = leaf(1, 2);
      x.mul(Tensor.of(INFINITY, 3)).sum().backward();
      assertReads(x.grad(), INFINITY, 3);
    }

    @Test
    void ofOperationsFromOutsideHaveNoLine() {
      tape.close();
      Tensor x = leaf(0);
      Tensor y = x.sqrt();
      tape = Tape.open(Tape.Option.CHECK_FINITE);
      assertReported(y::backward)
          .hasMessageContaining(
              "the gradient of the output is F64[1] from 1.0 to 1.0; recorded"
                  + " outside of this mode;");
    }

    @Test
    void ofSlicesAreCheckedAndSummed() {
      Tensor x = leaf(3, 0, 5);
      x.at(0).mul(x.at(2)).add(x.at(0)).backward();
      assertReads(x.grad(), 6, 0, 3);
      assertReported(() -> x.slice(0, 1, 3).sqrt().sum().backward()).hasMessageContaining("'sqrt'");
    }

    @Test
    void inTapesInsideAreChecked() {
      Tensor x = leaf(0);
      assertReported(() -> Tape.scope(() -> x.sqrt().backward())).hasMessageContaining("'sqrt'");
      assertReported(() -> Autograd.valueAndGrad(() -> x.sqrt().sum(), List.of(x)))
          .hasMessageContaining("'sqrt'");
    }

    @Test
    void insideRecomputedFunctionsAreNamed() {
      Tensor x = leaf(0);
      Tensor y = Autograd.recompute(t -> t.mul(3).sqrt().add(1), x);
      assertReported(y::backward)
          .hasMessageContaining("the pullback of 'sqrt' for input 0")
          .hasMessageContaining("recorded at dev.autograd.AnomalyBackwardTest$Pullbacks.");
    }
  }

  @Nested
  class Sums {

    @Test
    void ofGradientsThatMeet() {
      Tensor x = leaf(0.1, 0.2).named("x");
      Tensor y = x.mul(1e308).add(x.mul(Tensor.of(1e308, 1))).sum();
      assertReported(y::backward)
          .hasMessage(
              "backward: the sum of gradients that meet at leaf \"x\" F64[2] made an infinity out"
                  + " of finite numbers: it is F64[2] from 1.0E308 to 1.0E308, 1 infinite, the"
                  + " first at [0]; operand 0 is F64[2] from 1.0 to 1.0E308; operand 1 is F64[2]"
                  + " from 1.0E308 to 1.0E308; scale the loss down");
      assertThat(x.hasGrad()).isFalse();
    }

    @Test
    void ofSweeps() {
      Tensor x = leaf(0.1).named("x");
      Tensor other = leaf(1);
      x.mul(1e308).backward();
      assertReported(() -> x.mul(1e308).add(other).backward())
          .hasMessageStartingWith(
              "backward: the sum of sweeps at leaf \"x\" F64[1] made an infinity");
      assertReads(x.grad(), 1e308);
      assertThat(other.hasGrad()).isFalse();
    }
  }

  @Nested
  class Hooks {

    @Test
    void areUsersCodeWhoseOperationsAreChecked() {
      Tensor x = leaf(2);
      x.replaceGrad(g -> g.div(0));
      assertReported(() -> x.square().backward())
          .hasMessageStartingWith("div: it made an infinity")
          .hasMessageContaining(".areUsersCodeWhoseOperationsAreChecked(");
      assertThat(x.hasGrad()).isFalse();
    }

    @Test
    void mayBringInWhatIsNotFinite() {
      Tensor x = leaf(2);
      Tensor h = x.mul(3);
      h.replaceGrad(g -> Tensor.of(INFINITY));
      h.backward();
      assertReads(x.grad(), INFINITY);
    }
  }

  @Nested
  class HigherOrders {

    @Test
    void nameTheOperationWhosePullbackRecordedTheOne() {
      Tensor x = leaf(0);
      Tensor y = x.pow(1.5);
      Tensor first = Autograd.grad(y, x, GradOptions.createGraph());
      assertReads(first, 0);
      assertReported(() -> Autograd.grad(first, x))
          .hasMessageContaining("the pullback of 'pow' for input 0 made an infinity")
          .hasMessageContaining(", in the pullback of 'pow' recorded at dev.autograd.AnomalyB");
    }

    @Test
    void areCheckedWhileTheyAreRecorded() {
      Tensor x = leaf(0);
      Tensor y = x.sqrt();
      assertReported(() -> Autograd.grad(y, x, GradOptions.createGraph()))
          .hasMessageStartingWith("grad: the pullback of 'sqrt'");
      assertThat(Recorder.current().recording()).isTrue();
    }

    @Test
    void thatStayFiniteAreRight() {
      Tensor x = leaf(2);
      Tensor d1 = Autograd.grad(x.square().mul(x), x, GradOptions.createGraph());
      Tensor d2 = Autograd.grad(d1, x, GradOptions.createGraph());
      assertReads(Autograd.grad(d2, x), 6);
    }
  }

  @Test
  void sweepsInsidePullbacksArePartOfThem() {
    Tensor x = leaf(0, 4);
    Tensor y =
        Tensor.custom(
            "implicit",
            x.detach(),
            x,
            g ->
                Autograd.grad((Tensor t) -> t.sqrt().sum())
                    .apply(x.detach())
                    .where(x.gt(0), 0)
                    .mul(g));
    y.sum().backward();
    assertReads(x.grad(), 0, 0.25);
  }

  @Test
  void afterAFailureTheThreadGoesOn() {
    Tensor x = leaf(0);
    Tensor y = x.sqrt();
    assertReported(() -> y.backward(GradOptions.retainGraph()));
    assertReported(y::backward);
    assertThatThrownBy(y::backward).isInstanceOf(ReleasedGraphException.class);
    x.mul(3).backward();
    assertReads(x.grad(), 3);
    tape.close();
    Tensor z = x.sqrt();
    z.backward();
    assertReads(x.grad(), INFINITY);
  }
}
