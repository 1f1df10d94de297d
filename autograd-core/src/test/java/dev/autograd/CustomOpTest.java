package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Operations defined outside the framework: what is checked, and that they behave like any other.
 */
class CustomOpTest {

  private static Tensor cbrt(Tensor x) {
    return Tensor.custom("cbrt", x.map(Math::cbrt), x, (g, y) -> g.div(y.square().mul(3)));
  }

  @Test
  void aDerivativeThroughTheOutput() {
    Tensor x = Tensor.of(-8.0, 1, 27).withGrad();
    Tensor y = cbrt(x);
    assertThat(y.toDoubleArray()).containsExactly(-2, 1, 3);
    y.sum().backward();
    assertThat(x.grad().toDoubleArray())
        .containsExactly(new double[] {1 / 12.0, 1 / 3.0, 1 / 27.0}, within(1e-16));
  }

  @Test
  void writtenInTensorOperationsItHasAllDerivatives() {
    Tensor x = Tensor.scalar(8).withGrad();
    Tensor d1 = Autograd.grad(cbrt(x), x, GradOptions.createGraph());
    Tensor d2 = Autograd.grad(d1, x, GradOptions.createGraph());
    Tensor d3 = Autograd.grad(d2, x);
    assertThat(d2.item()).isCloseTo(-2.0 / 9 * Math.pow(8, -5.0 / 3), within(1e-16));
    assertThat(d3.item()).isCloseTo(10.0 / 27 * Math.pow(8, -8.0 / 3), within(1e-16));
  }

  @Test
  void itIsListedAndConstantOperandsCostNothing() {
    Tensor x = Tensor.of(1.0).withGrad();
    assertThat(cbrt(x).nodes()).extracting(Node::op).containsExactly("leaf", "cbrt");
    Tensor constant = cbrt(Tensor.of(8.0));
    assertThat(constant.requiresGrad()).isFalse();
    assertThat(constant.nodes()).isEmpty();
    assertThat(Autograd.noGrad(() -> cbrt(x)).requiresGrad()).isFalse();
  }

  @Test
  void onlyThePullbacksOfTrackedOperandsRun() {
    Tensor x = Tensor.scalar(2).withGrad();
    Tensor constant = Tensor.scalar(3);
    Pullback never =
        g -> {
          throw new AssertionError("the operand needs no gradient");
        };
    Tensor y = Tensor.custom("product", Tensor.scalar(6), x, g -> g.mul(constant), constant, never);
    y.backward();
    assertThat(x.grad().item()).isEqualTo(3);
  }

  @Test
  void aTrackedValueIsRefused() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor tracked = x.square();
    assertThatThrownBy(() -> Tensor.custom("mine", tracked, x, g -> g))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mine: the value is tracked (tensor F64[2] made by 'square'), so its own derivative"
                + " would be counted too; compute it with map, in Autograd.noGrad, or pass"
                + " detach()");
    assertThatThrownBy(() -> Tensor.custom("mine", x, x, g -> g))
        .isInstanceOf(IllegalArgumentException.class);
    Autograd.noGrad(
        () ->
            assertThatThrownBy(() -> Tensor.custom("mine", tracked, x, g -> g))
                .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void anIntegerValueIsRefusedWhereAGradientIsNeeded() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    assertThatThrownBy(() -> Tensor.custom("rounded", Tensor.indices(1, 2), x, g -> g))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "rounded: the value is I32, which has no derivative; it must be F32 or F64, convert it"
                + " with to(F64)");
  }

  @Test
  void aForeignArrayIsCopied() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    double[] mine = {10, 20};
    Tensor y = Tensor.custom("wrapped", Tensor.wrap(Shape.of(2), mine), x, (g, out) -> g.mul(out));
    mine[0] = -1;
    assertThat(y.toDoubleArray()).containsExactly(10, 20);
    y.sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(10, 20);
  }

  @Test
  void aParameterAsValueIsCopied() {
    Tensor x = Tensor.scalar(1).withGrad();
    Parameter p = Parameter.of("p", Tensor.scalar(5));
    p.freeze();
    Tensor y = Tensor.custom("current", p, x, g -> g);
    p.assign(Tensor.scalar(6));
    assertThat(y.item()).isEqualTo(5);
  }

  @Test
  void onePullbackPerInput() {
    Tensor x = Tensor.scalar(1).withGrad();
    assertThatThrownBy(
            () -> Tensor.custom("pair", Tensor.scalar(1), List.of(x, x), List.of(g -> g)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pair: 2 inputs and 1 pullbacks; give one pullback per input, in order");
  }

  @Test
  void theShapeOfAResultIsChecked() {
    Tensor a = Tensor.of(1.0, 2).withGrad();
    Tensor b = Tensor.zeros(F64, 2, 3).withGrad();
    Tensor y =
        Tensor.custom(
            "bad",
            Tensor.scalar(1),
            a,
            g -> g.mul(Tensor.ones(F64, 2)),
            b,
            g -> Tensor.ones(F64, 4));
    assertThatThrownBy(y::backward)
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "backward: the pullback of 'bad' for input 1 returned [4], but the input is [2, 3];"
                + " return the input's shape, or one that it broadcasts to");
    assertThat(a.hasGrad()).isFalse();
    assertThat(b.hasGrad()).isFalse();
  }

  @Test
  void aResultTooSmallIsNotRepeated() {
    Tensor x = Tensor.of(1.0, 2, 3).withGrad();
    Tensor y = Tensor.custom("total", Tensor.scalar(6), x, g -> g);
    assertThatThrownBy(y::backward)
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("returned [], but the input is [3]");
  }

  @Test
  void theTypeOfAResultIsChecked() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor y = Tensor.custom("narrow", Tensor.scalar(1), x, g -> Tensor.ones(F32, 2));
    assertThatThrownBy(() -> Autograd.grad(y, x))
        .isInstanceOf(DTypeException.class)
        .hasMessage(
            "grad: the pullback of 'narrow' for input 0 returned F32, but the input is F64; convert"
                + " it with to(F64)");
  }

  @Test
  void operandsOfDifferentTypesAreTheAuthorsBusiness() {
    Tensor wide = Tensor.of(1.0, 2).withGrad();
    Tensor narrow = Tensor.of(3f, 4f).withGrad();
    Tensor y =
        Tensor.custom(
            "mixed",
            Tensor.of(3.0, 8),
            wide,
            g -> g.mul(narrow.to(F64)),
            narrow,
            g -> g.mul(wide).to(F32));
    y.sum().backward();
    assertThat(wide.grad().toDoubleArray()).containsExactly(3, 4);
    assertThat(narrow.grad().toFloatArray()).containsExactly(1, 2);
  }

  @Test
  void anExceptionInAPullbackIsTheCauseOfOneThatNamesTheOperation() {
    Tensor x = Tensor.scalar(1).withGrad();
    Tensor y = Tensor.custom("mine", Tensor.scalar(1), x, g -> g.matmul(g));
    assertThatThrownBy(y::backward)
        .isInstanceOf(PullbackException.class)
        .hasMessageStartingWith(
            "backward: the pullback of 'mine' for input 0 threw dev.autograd.ShapeException: matmul")
        .hasCauseInstanceOf(ShapeException.class);
  }

  @Test
  void aStaleParameterReadByAPullbackIsNoticed() {
    Tensor x = Tensor.scalar(2).withGrad();
    Parameter p = Parameter.of("p", Tensor.scalar(5));
    Tensor y = Tensor.custom("product", Tensor.scalar(10), x, g -> g.mul(p), p, g -> g.mul(x));
    p.assign(Tensor.scalar(6));
    assertThatThrownBy(y::backward)
        .isInstanceOf(StaleValueException.class)
        .hasMessageContaining("'product'");
  }

  @Test
  void insideATapeItBelongsToTheTape() {
    Tensor x = Tensor.scalar(8).withGrad();
    Tensor y;
    try (Tape tape = Tape.open()) {
      y = cbrt(x);
      assertThat(tape.nodes()).extracting(Node::op).containsExactly("cbrt");
    }
    assertThatThrownBy(y::item).isInstanceOf(ClosedTapeException.class);
  }
}
