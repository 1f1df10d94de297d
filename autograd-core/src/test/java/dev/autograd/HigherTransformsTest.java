package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Function transforms: results are tracked exactly if recording is on and something asks for it.
 */
class HigherTransformsTest {

  private static Tensor cube(Tensor x) {
    return x.square().mul(x);
  }

  @Test
  void nothingTrackedGivesAConstant() {
    ValueAndGrad result = Autograd.valueAndGrad(HigherTransformsTest::cube, Tensor.scalar(2));
    assertThat(result.value().item()).isEqualTo(8);
    assertThat(result.grad().item()).isEqualTo(12);
    assertThat(result.value().requiresGrad()).isFalse();
    assertThat(result.grad().requiresGrad()).isFalse();
  }

  @Test
  void aTrackedPointGivesATrackedResult() {
    Tensor x = Tensor.scalar(2).withGrad();
    ValueAndGrad result = Autograd.valueAndGrad(HigherTransformsTest::cube, x);
    assertThat(result.value().requiresGrad()).isTrue();
    assertThat(result.grad().requiresGrad()).isTrue();
    result.value().add(result.grad()).backward();
    assertThat(x.grad().item()).isEqualTo(12 + 12);
  }

  @Test
  void aTrackedParameterInsideTheFunctionGivesATrackedResult() {
    Parameter p = Parameter.of("p", Tensor.scalar(5));
    ValueAndGrad result = Autograd.valueAndGrad(x -> cube(x).mul(p), Tensor.scalar(2));
    assertThat(result.grad().requiresGrad()).isTrue();
    result.grad().backward();
    assertThat(p.grad().item()).isEqualTo(12);
    p.freeze();
    assertThat(Autograd.valueAndGrad(x -> cube(x).mul(p), Tensor.scalar(2)).grad().requiresGrad())
        .isFalse();
  }

  @Test
  void withoutRecordingTheResultIsAConstantAndSharedGraphsSurvive() {
    Tensor x = Tensor.scalar(2).withGrad();
    Parameter p = Parameter.of("p", Tensor.scalar(5));
    Tensor trunk = p.square();
    ValueAndGrad result = Autograd.noGrad(() -> Autograd.valueAndGrad(t -> cube(t).mul(trunk), x));
    assertThat(result.grad().item()).isEqualTo(12 * 25);
    assertThat(result.value().requiresGrad()).isFalse();
    assertThat(result.grad().requiresGrad()).isFalse();
    assertThat(Recorder.current().recording()).isTrue();
    trunk.backward();
    assertThat(p.grad().item()).isEqualTo(10);
    assertThat(x.hasGrad()).isFalse();
  }

  @Test
  void sharedGraphsSurviveWithRecordingToo() {
    Parameter p = Parameter.of("p", Tensor.scalar(5));
    Tensor trunk = p.square();
    Tensor slope = Autograd.grad((Tensor t) -> cube(t).mul(trunk)).apply(Tensor.scalar(2));
    assertThat(slope.item()).isEqualTo(12 * 25);
    trunk.backward();
    assertThat(p.grad().item()).isEqualTo(10);
  }

  @Test
  void ofALinearFunctionTheResultIsTrackedAndItsDerivativeZero() {
    Tensor x = Tensor.scalar(2).withGrad();
    Tensor d = Autograd.grad((Tensor t) -> t.mul(3)).apply(x);
    assertThat(d.item()).isEqualTo(3);
    assertThat(d.requiresGrad()).isTrue();
    assertThat(Autograd.grad(d, x).item()).isZero();
    UnaryOperator<Tensor> second = Autograd.grad(Autograd.grad((Tensor t) -> t.mul(3).add(1)));
    assertThat(second.apply(Tensor.scalar(7)).item()).isZero();
    UnaryOperator<Tensor> third = Autograd.grad(second);
    assertThat(third.apply(Tensor.scalar(7)).item()).isZero();
  }

  @Test
  void theDerivativeOfAConstantInnerDerivativeIsZero() {
    // d/dx [d/dy (x + y)] = 0
    UnaryOperator<Tensor> f =
        Autograd.grad(
            (Tensor x) ->
                Autograd.grad((UnaryOperator<Tensor>) y -> x.add(y)).apply(Tensor.scalar(1)));
    assertThat(f.apply(Tensor.scalar(4)).item()).isZero();
  }

  @Test
  void anInnerDerivativeOfAnotherTensorAloneHasTheDerivativeZeroToo() {
    // d/dx (w x) = w, whose derivative by x is 0 and by w is 1.
    Tensor w = Tensor.scalar(5).withGrad();
    Tensor x = Tensor.scalar(2).withGrad();
    Tensor d = Autograd.grad((Tensor t) -> t.mul(w)).apply(x);
    assertThat(Autograd.grad(d, x, GradOptions.retainGraph()).item()).isZero();
    assertThat(Autograd.grad(d, w).item()).isEqualTo(1);
  }

  @Test
  void aDerivativeThatDependsOnThePointIsTheBareOne() {
    Tensor x = Tensor.scalar(2).withGrad();
    assertThat(Autograd.grad(Tensor::square).apply(x).nodes())
        .extracting(Node::op)
        .doesNotContain("constantGradient");
    assertThat(Autograd.grad((Tensor t) -> t.mul(3)).apply(x).nodes())
        .extracting(Node::op)
        .contains("constantGradient");
  }

  @Test
  void theFunctionIsCalledOnce() {
    AtomicInteger calls = new AtomicInteger();
    UnaryOperator<Tensor> counted =
        x -> {
          calls.incrementAndGet();
          return x.square();
        };
    assertThat(Autograd.grad(counted).apply(Tensor.scalar(1)).item()).isEqualTo(2);
    assertThat(calls).hasValue(1);
    Autograd.valueAndGrad(counted, Tensor.scalar(1).withGrad());
    assertThat(calls).hasValue(2);
    Autograd.valueAndGrad(() -> counted.apply(Tensor.scalar(1).withGrad()), List.of());
    assertThat(calls).hasValue(3);
  }

  @Test
  void gradOfTheIdentityIsOne() {
    assertThat(Autograd.grad((Tensor x) -> x).apply(Tensor.scalar(5)).item()).isEqualTo(1);
    assertThat(Autograd.grad((Tensor x) -> x).apply(Tensor.scalar(5).withGrad()).item())
        .isEqualTo(1);
  }

  @Test
  void aFunctionOfSeveralElementsOrOfNothingIsRefused() {
    assertThatThrownBy(() -> Autograd.grad(Tensor::sin).apply(Tensor.of(1.0, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("grad: the output has shape [2]");
    assertThatThrownBy(() -> Autograd.grad((Tensor x) -> Tensor.scalar(1)).apply(Tensor.scalar(1)))
        .isInstanceOf(NotTrackedException.class)
        .hasMessageStartingWith("grad: the output is not tracked");
    assertThatThrownBy(() -> Autograd.grad(Tensor::sin).apply(Tensor.indices(1)))
        .isInstanceOf(DTypeException.class);
  }

  @Test
  void lossAndGradientsOfParameters() {
    Parameter w = Parameter.of("w", Tensor.of(1.0, 2));
    Parameter b = Parameter.of("b", Tensor.scalar(3));
    ValueAndGradients result = Autograd.valueAndGrad(() -> w.square().sum().mul(b), List.of(w, b));
    assertThat(result.value()).isEqualTo(15);
    assertThat(result.gradients().of(w).toDoubleArray()).containsExactly(6, 12);
    assertThat(result.gradients().of(b).item()).isEqualTo(5);
    assertThat(w.hasGrad()).isFalse();
    assertThat(Recorder.current().tape()).isNull();
    ValueAndGradients unrecorded =
        Autograd.noGrad(() -> Autograd.valueAndGrad(() -> w.square().sum(), List.of(w)));
    assertThat(unrecorded.gradients().of(w).toDoubleArray()).containsExactly(2, 4);
  }

  @Test
  void transformsInsideATapeBelongToIt() {
    Tensor x = Tensor.scalar(2);
    Tensor escaped;
    Tensor kept;
    try (Tape tape = Tape.open()) {
      escaped = Autograd.grad(HigherTransformsTest::cube).apply(x);
      kept = Autograd.grad(HigherTransformsTest::cube).apply(x).keep();
      assertThat(escaped.item()).isEqualTo(12);
      assertThat(tape.nodes()).isNotEmpty();
    }
    assertThatThrownBy(escaped::item).isInstanceOf(ClosedTapeException.class);
    assertThat(kept.item()).isEqualTo(12);
  }
}
