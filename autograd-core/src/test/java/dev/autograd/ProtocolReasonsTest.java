package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** {@code grad()} never returns null: it says why there is nothing. */
class ProtocolReasonsTest {

  private static void assertReason(Tensor tensor, String message) {
    assertThat(tensor.hasGrad()).isFalse();
    assertThatThrownBy(tensor::grad).isInstanceOf(NoGradientException.class).hasMessage(message);
  }

  @Test
  void noSweepYet() {
    Tensor x = Tensor.scalar(3).withGrad().named("x");
    x.square();
    assertReason(
        x,
        "grad: tensor \"x\" F64[] has none: no sweep has run yet; call backward() on a result"
            + " first");
  }

  @Test
  void gradIsNoSweepForThis() {
    Tensor x = Tensor.scalar(3).withGrad();
    Autograd.grad(x.square(), x);
    assertReason(
        x, "grad: tensor F64[] has none: no sweep has run yet; call backward() on a result first");
  }

  @Test
  void notReached() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor other = Tensor.of(1.0, 2).withGrad();
    x.square().backward();
    assertReason(
        other,
        "grad: tensor F64[2] has none: no sweep so far has reached it; the results did not depend"
            + " on it, or it was detached");
  }

  @Test
  void notALeaf() {
    Tensor a1 = Tensor.scalar(3).withGrad().tanh();
    a1.square().backward();
    assertReason(
        a1,
        "grad: tensor F64[] made by 'tanh' is not a leaf and not retained (op 'tanh'); call"
            + " retainGrad() before backward(), or use Autograd.grad(y, x)");
  }

  @Test
  void notTracked() {
    Tensor constant = Tensor.scalar(3);
    assertReason(
        constant, "grad: tensor F64[] is not tracked; call withGrad() and use what it returns");
    constant.mul(Tensor.scalar(2).withGrad()).backward();
    assertReason(
        constant, "grad: tensor F64[] is not tracked; call withGrad() and use what it returns");
  }

  @Test
  void withGradWithoutUsingWhatItReturns() {
    Tensor x = Tensor.scalar(3);
    assertThat(x.withGrad()).isNotSameAs(x);
    assertThat(x.requiresGrad()).isFalse();
    assertReason(x, "grad: tensor F64[] is not tracked; call withGrad() and use what it returns");
  }

  @Test
  void cleared() {
    Tensor x = Tensor.scalar(3).withGrad();
    x.square().backward();
    x.zeroGrad();
    assertReason(
        x, "grad: tensor F64[] has none: it was cleared with zeroGrad(); run backward() again");
  }

  @Test
  void clearedAndThenNotReached() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor other = Tensor.scalar(3).withGrad();
    x.square().backward();
    x.zeroGrad();
    other.square().backward();
    assertReason(
        x,
        "grad: tensor F64[] has none: no sweep so far has reached it; the results did not depend"
            + " on it, or it was detached");
  }

  @Test
  void frozen() {
    Parameter p = Parameter.of("p", Tensor.scalar(3));
    Tensor x = Tensor.scalar(2).withGrad();
    p.freeze();
    p.mul(x).backward();
    assertReason(
        p,
        "grad: tensor \"p\" F64[] has none: the parameter is frozen; unfreeze() it before the"
            + " forward pass");
    p.unfreeze();
    p.mul(x).backward();
    assertThat(p.grad().item()).isEqualTo(2);
  }

  @Test
  void retainedButNotSwept() {
    Tensor h = Tensor.scalar(3).withGrad().exp().retainGrad();
    assertReason(
        h,
        "grad: tensor F64[] made by 'exp' has none: no sweep has run yet; call backward() on a"
            + " result first");
  }

  @Test
  void retainingAConstant() {
    assertThatThrownBy(() -> Tensor.scalar(3).named("c").retainGrad())
        .isInstanceOf(NotTrackedException.class)
        .hasMessage(
            "retainGrad: tensor \"c\" F64[] is not tracked; call withGrad() on an input first");
  }
}
