package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.Shape;
import org.junit.jupiter.api.Test;

/**
 * Pullbacks computed on raw arrays: a missing second derivative is an error, never a silent zero.
 */
class CustomOnceTest {

  private static final String ONCE =
      "grad: the pullback of 'rawCube' was declared once(…) and has no derivative of its own; write"
          + " it in tensor operations to get one";

  /** The cube with a derivative computed outside tensor operations. */
  private static Tensor rawCube(Tensor x, boolean declared) {
    Pullback raw = g -> Tensor.of(x.shape(), times(g.toDoubleArray(), x.toDoubleArray()));
    return Tensor.custom("rawCube", x.map(v -> v * v * v), x, declared ? Pullback.once(raw) : raw);
  }

  private static double[] times(double[] g, double[] x) {
    double[] product = new double[g.length];
    for (int i = 0; i < g.length; i++) {
      product[i] = g[i] * 3 * x[i] * x[i];
    }
    return product;
  }

  @Test
  void itCanBeAppliedByHand() {
    Pullback once = Pullback.once(g -> g.mul(3));
    assertThat(once.apply(Tensor.scalar(2)).item()).isEqualTo(6);
  }

  @Test
  void theFirstDerivativeIsFineEitherWay() {
    for (boolean declared : new boolean[] {true, false}) {
      Tensor x = Tensor.of(1.0, 2).withGrad();
      rawCube(x, declared).sum().backward();
      assertThat(x.grad().toDoubleArray()).containsExactly(3, 12);
      assertThat(Autograd.grad(rawCube(x, declared).sum(), x).requiresGrad()).isFalse();
    }
  }

  @Test
  void undeclaredItIsRefusedUnderCreateGraph() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor y = rawCube(x, false).sum();
    assertThatThrownBy(() -> Autograd.grad(y, x, GradOptions.createGraph()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "grad: the pullback of 'rawCube' for input 0 returned a tensor that was not computed"
                + " from g by tensor operations, so its derivative would silently be zero; write it"
                + " in tensor operations, or declare it with Pullback.once(…)");
  }

  @Test
  void declaredItGivesTheFirstDerivativeUnderCreateGraph() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor d = Autograd.grad(rawCube(x, true).sum(), x, GradOptions.createGraph());
    assertThat(d.toDoubleArray()).containsExactly(3, 12);
    assertThat(d.requiresGrad()).isTrue();
  }

  @Test
  void itsSecondDerivativeIsAnErrorNotZero() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor d = Autograd.grad(rawCube(x, true).sum(), x, GradOptions.createGraph());
    assertThatThrownBy(() -> Autograd.grad(d.sum(), x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(ONCE);
  }

  @Test
  void itsSecondDerivativeIsAnErrorBesideOthersThatExist() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor y = rawCube(x, true).add(x.square()).sum();
    Tensor d = Autograd.grad(y, x, GradOptions.createGraph());
    assertThat(d.toDoubleArray()).containsExactly(5, 16);
    // 2 for the square alone would be wrong in silence.
    assertThatThrownBy(() -> Autograd.grad(d.sum(), x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(ONCE);
  }

  @Test
  void itsSecondDerivativeIsAnErrorBehindOtherOperations() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor y = rawCube(x.mul(2), true).square().sum();
    Tensor d = Autograd.grad(y, x, GradOptions.createGraph());
    assertThatThrownBy(() -> Autograd.grad(d.sum(), x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(ONCE);
  }

  @Test
  void derivativesThatDoNotPassThroughItStayAvailable() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor z = Tensor.of(3.0, 4).withGrad();
    Tensor y = rawCube(x, true).sum().add(z.square().mul(z).sum());
    Gradients d = Autograd.grad(y, java.util.List.of(x, z), GradOptions.createGraph());
    assertThat(Autograd.grad(d.of(z).sum(), z).toDoubleArray()).containsExactly(18, 24);
  }

  @Test
  void whatItReturnsIsCopied() {
    Parameter p = Parameter.of("p", Tensor.of(5.0, 6));
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor y =
        Tensor.custom("byParameter", Tensor.of(Shape.of(2), 0.0, 0), x, Pullback.once(g -> p));
    Tensor d = Autograd.grad(y.sum(), x, GradOptions.createGraph());
    p.assign(Tensor.of(0.0, 0));
    assertThat(d.toDoubleArray()).containsExactly(5, 6);
  }
}
