package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.Shape;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What sweeps leave in leaves and retained results, and what they leave alone. */
class ProtocolAccumulationTest {

  @Test
  void gradientsOfSeveralGraphsAddUp() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor z = Tensor.of(3.0, 4).withGrad();
    x.mul(z).sum().backward();
    x.square().sum().backward();
    x.mul(5).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(3 + 2 + 5, 4 + 4 + 5);
    assertThat(z.grad().toDoubleArray()).containsExactly(1, 2);
  }

  /** Gradients of an element that was read several times are summed before they are added. */
  @Test
  void plainRecordedAndCheckedSweepsGiveTheSameBits() {
    Tensor x = Tensor.of(Shape.of(2, 3), 0.8125, -0.90625, 2.09375, 0.75, 1.0, -1.6875).withGrad();
    Supplier<Tensor> loss =
        () ->
            x.indexSelect(0, Tensor.indices(0, 0))
                .sin()
                .sum()
                .add(x.neg().neg().neg().cos().sin().sum());
    double[] plain = Autograd.grad(loss.get(), x).toDoubleArray();
    GradOptions recorded = GradOptions.createGraph();
    assertThat(Autograd.grad(loss.get(), x, recorded).toDoubleArray()).containsExactly(plain);
    try (Tape tape = Tape.open(Tape.Option.CHECK_FINITE)) {
      assertThat(Autograd.grad(loss.get(), x).toDoubleArray()).containsExactly(plain);
      assertThat(tape.nodes()).isNotEmpty();
    }
  }

  @Test
  void leavesOutsideTheGraphKeepWhatTheyHave() {
    Tensor x = Tensor.scalar(1).withGrad();
    Tensor other = Tensor.scalar(2).withGrad();
    other.mul(3).backward();
    Tensor before = other.grad();
    x.square().backward();
    assertThat(other.grad()).isSameAs(before);
    assertThat(before.item()).isEqualTo(3);
  }

  @Test
  void aGradientHandedOutNeverChanges() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    x.square().sum().backward();
    Tensor first = x.grad();
    double[] copy = first.toDoubleArray();
    x.mul(100).sum().backward();
    Tensor second = x.grad();
    x.zeroGrad();
    x.mul(7).sum().backward();
    assertThat(first.toDoubleArray()).containsExactly(2, 4);
    assertThat(second.toDoubleArray()).containsExactly(102, 104);
    assertThat(x.grad().toDoubleArray()).containsExactly(7, 7);
    // What toDoubleArray returns is the caller's to write to.
    copy[0] = 99;
    first.toDoubleArray()[0] = 99;
    assertThat(first.item(0)).isEqualTo(2);
  }

  @Test
  void aGradientSharesNothingWithTheSeed() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor z = Tensor.of(1.0, 2).withGrad();
    Tensor seed = Tensor.of(10.0, 20);
    x.add(z).backward(seed);
    x.mul(1).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(11, 21);
    assertThat(z.grad().toDoubleArray()).containsExactly(10, 20);
    assertThat(seed.toDoubleArray()).containsExactly(10, 20);
  }

  @Test
  void aParameterAsSeedIsCopied() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Parameter seed = Parameter.of("seed", Tensor.of(3.0, 4));
    x.add(1).backward(seed);
    Tensor byValue = Autograd.grad(x.add(1), x, GradOptions.defaults().seed(seed));
    seed.freeze();
    Tensor byFrozen = Autograd.grad(x.add(1), x, GradOptions.defaults().seed(seed));
    seed.assign(Tensor.of(0.0, 0));
    assertThat(x.grad().toDoubleArray()).containsExactly(3, 4);
    assertThat(byValue.toDoubleArray()).containsExactly(3, 4);
    assertThat(byFrozen.toDoubleArray()).containsExactly(3, 4);
  }

  @Test
  void gradientsHaveTheLeafsShapeAndTypeAndNoGraph() {
    Tensor x = Tensor.of(Shape.of(2, 1), 1f, 2f).withGrad();
    Tensor.ones(F32, 3, 2, 4).mul(x).sum().backward();
    assertThat(x.grad().shape()).isEqualTo(Shape.of(2, 1));
    assertThat(x.grad().dtype()).isEqualTo(F32);
    assertThat(x.grad().toFloatArray()).containsExactly(12, 12);
    assertThat(x.grad().requiresGrad()).isFalse();
    assertThat(x.grad().nodes()).isEmpty();

    Tensor wide = Tensor.of(1.5, 2.5).withGrad();
    wide.to(F32).mul(2).sum().backward();
    assertThat(wide.grad().dtype()).isEqualTo(F64);
    assertThat(wide.grad().toDoubleArray()).containsExactly(2, 2);
  }

  @Test
  void gradientsOfLeavesOutliveTheTape() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tape.scope(() -> x.square().sum().backward());
    Tape.scope(() -> x.add(1).sum().backward());
    assertThat(x.grad().toDoubleArray()).containsExactly(3, 5);
  }

  @Test
  void retainedResultsGetGradientsLikeLeaves() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor h = x.square().retainGrad();
    Tensor y = h.square();
    assertThat(h.retainGrad()).isSameAs(h);
    y.backward(GradOptions.retainGraph());
    assertThat(h.grad().item()).isEqualTo(18);
    assertThat(x.grad().item()).isEqualTo(108);
    y.backward();
    assertThat(h.grad().item()).isEqualTo(36);
    assertThat(x.grad().item()).isEqualTo(216);
    h.zeroGrad();
    assertThat(h.hasGrad()).isFalse();
    assertThat(x.hasGrad()).isTrue();
  }

  @Test
  void aRetainedRootGetsItsSeed() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor y = x.square().retainGrad();
    y.backward(Tensor.of(5.0, 6));
    assertThat(y.grad().toDoubleArray()).containsExactly(5, 6);
  }

  @Test
  void gradLeavesEveryGradAlone() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor h = x.square().retainGrad();
    Parameter p = Parameter.of("p", Tensor.scalar(2));
    x.mul(4).backward();
    Tensor before = x.grad();
    Tensor loss = h.mul(p);
    Gradients gradients = Autograd.grad(loss, x, h, p);
    assertThat(gradients.of(x).item()).isEqualTo(12);
    assertThat(x.grad()).isSameAs(before);
    assertThat(h.hasGrad()).isFalse();
    assertThat(p.hasGrad()).isFalse();
  }

  @Test
  void zeroGradBeforeAnySweepIsHarmless() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor constant = Tensor.scalar(3);
    x.zeroGrad();
    constant.zeroGrad();
    x.square().zeroGrad();
    assertThat(x.hasGrad()).isFalse();
    assertThat(constant.hasGrad()).isFalse();
  }

  @Test
  void backwardRefusesToCreateAGraph() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor y = x.square();
    assertThatThrownBy(() -> y.backward(GradOptions.createGraph()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "backward: createGraph would store gradients that hold their own graph in the leaves;"
                + " use Autograd.grad(y, x, GradOptions.createGraph())");
    y.backward();
    assertThat(x.grad().item()).isEqualTo(6);
  }

  @Test
  void severalRootsNeedOneElementEachAndAreOneSweep() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor trunk = x.square();
    Autograd.backward(List.of(trunk.sum(), trunk.mean(), trunk.at(1)));
    assertThat(x.grad().toDoubleArray()).containsExactly(2 * 1.5, 4 * 2.5);
    assertThatThrownBy(() -> Autograd.backward(List.of(x.sum(), x)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Autograd.backward(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("backward: there is no output; pass at least one");
  }
}
