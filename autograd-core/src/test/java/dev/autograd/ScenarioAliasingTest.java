package dev.autograd;

import static dev.autograd.ClosedTape.assertReads;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import org.junit.jupiter.api.Test;

/**
 * What happens to values that a derivative needs: one test per numbered scenario. Tensors do not
 * change, so that scenarios of writing to one reduce to {@link Parameter#assign}, and to arrays
 * that the user holds.
 */
class ScenarioAliasingTest {

  private static Parameter parameter() {
    return Parameter.of("p", Tensor.of(1.0, 2));
  }

  private static final Tensor NEW_VALUE = Tensor.of(7.0, 8);

  /** The output of exp is a tensor of its own, which an update of the input does not reach. */
  @Test
  void scenario28ASavedOutputOutlivesTheUpdateOfItsInput() {
    Parameter p = parameter();
    Tensor y = p.exp();
    p.assign(NEW_VALUE);
    y.sum().backward();
    assertReads(p.grad(), Math.exp(1), Math.exp(2));
  }

  @Test
  void scenario28ASavedInputThatWasUpdatedIsAnError() {
    Parameter p = parameter();
    Tensor y = p.mul(p).sum();
    p.assign(NEW_VALUE);
    assertThatThrownBy(y::backward).isInstanceOf(StaleValueException.class);
    assertThat(p.hasGrad()).isFalse();
  }

  @Test
  void scenario28AnUnsavedInputThatWasUpdatedIsFine() {
    Parameter p = parameter();
    Tensor y = p.add(1).sum();
    p.assign(NEW_VALUE);
    y.backward();
    assertReads(p.grad(), 1, 1);
  }

  /** An update is no operation: it needs no noGrad, and follows no graph. */
  @Test
  void scenario29UpdatesOfALeafRaiseTheVersion() {
    Parameter p = parameter();
    p.assign(p.mul(2));
    assertThat(p.version()).isEqualTo(1);
    Autograd.noGrad(() -> p.assign(p.mul(2)));
    assertThat(p.version()).isEqualTo(2);
    assertReads(p, 4, 8);
    p.square().sum().backward();
    assertReads(p.grad(), 8, 16);
  }

  @Test
  void scenario29AViewOfALeafIsNoWayToWriteToItAndNoticesUpdates() {
    Parameter p = parameter();
    Tensor view = p.reshape(2, 1);
    Tensor y = view.square().sum();
    p.assign(NEW_VALUE);
    assertThatThrownBy(view::toDoubleArray).isInstanceOf(StaleValueException.class);
    assertThatThrownBy(y::backward).isInstanceOf(StaleValueException.class);
    Tensor fresh = p.reshape(2, 1);
    fresh.square().sum().backward();
    assertReads(p.grad(), 14, 16);
  }

  @Test
  void scenario30SlicesReshapesAndTransposesOfALeaf() {
    Tensor x = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}).withGrad();
    Tensor sliced = x.slice(Slice.all(), Slice.range(1, 3)).square().sum();
    Tensor turned = x.transpose().matmul(Tensor.of(1.0, 10)).sum();
    Tensor flat = x.reshape(6).at(4).mul(100);
    sliced.add(turned).add(flat).backward();
    assertThat(x.grad().toDoubleMatrix()).isDeepEqualTo(new double[][] {{1, 5, 7}, {10, 120, 22}});
  }

  @Test
  void scenario30OverlappingViewsAddUp() {
    Tensor x = Tensor.of(1.0, 2, 3, 4).withGrad();
    Tensor h = x.mul(1);
    h.slice(0, 0, 3).mul(2).sum().add(h.slice(0, 1, 4).mul(5).sum()).add(h.at(1)).backward();
    assertReads(x.grad(), 2, 8, 7, 5);
  }

  @Test
  void scenario30ExpandThenSum() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    x.broadcastTo(3, 2).sum().backward();
    assertReads(x.grad(), 3, 3);
    Tensor column = Tensor.of(Shape.of(2, 1), 1.0, 2).withGrad();
    column.broadcastTo(2, 4).mul(Tensor.arange(F64, 4)).sum().backward();
    assertReads(column.grad(), 6, 6);
  }

  /** One number stands for the whole upstream gradient, as a stride of 0 does elsewhere. */
  @Test
  void scenario30AnExpandedUpstreamGradient() {
    Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 4}}).withGrad();
    Tensor seed = Tensor.scalar(3).broadcastTo(2, 2);
    x.transpose().mul(x).backward(seed);
    assertThat(x.grad().toDoubleMatrix()).isDeepEqualTo(new double[][] {{6, 18}, {12, 24}});
    assertReads(seed, 3, 3, 3, 3);
  }

  @Test
  void scenario31ArraysAreCopiedUnlessTheMethodSaysWrap() {
    double[] mine = {1, 2};
    Tensor copied = Tensor.of(mine).withGrad();
    Tensor y = copied.square().sum();
    mine[0] = 100;
    y.backward();
    assertReads(copied.grad(), 2, 4);

    double[] lent = {1, 2};
    Tensor wrapped = Tensor.wrap(Shape.of(2), lent);
    lent[0] = 100;
    assertReads(wrapped, 100, 2);

    double[] out = copied.toDoubleArray();
    out[0] = -1;
    assertReads(copied, 1, 2);
  }
}
