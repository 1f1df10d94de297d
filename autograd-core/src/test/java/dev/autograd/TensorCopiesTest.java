package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Other tensors of the same numbers: leaves, constants, kept values, labels. */
class TensorCopiesTest {

  @Test
  void aLeafIsANewTensorOverTheSameNumbers() {
    Tensor x = Tensor.of(1.0, 2).named("x");
    Tensor leaf = x.withGrad();
    assertThat(leaf).isNotSameAs(x);
    assertThat(x.requiresGrad()).isFalse();
    assertThat(leaf.requiresGrad()).isTrue();
    assertThat(leaf.name()).isEqualTo("x");
    assertThat(leaf.toDoubleArray()).containsExactly(1, 2);
    Tensor other = leaf.withGrad();
    other.sum().backward();
    assertThat(leaf.hasGrad()).isFalse();
    assertThat(other.hasGrad()).isTrue();
  }

  @Test
  void aResultIsNoLeaf() {
    Tensor y = Tensor.scalar(3).withGrad().tanh();
    assertThatThrownBy(y::withGrad)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "withGrad: this is the result of 'tanh' and already tracked; use detach().withGrad() to"
                + " start a new graph here, or retainGrad() to see its gradient");
    Tensor cut = y.detach().withGrad();
    cut.square().backward();
    assertThat(cut.hasGrad()).isTrue();
  }

  @Test
  void detachCutsAndSharesStorage() {
    double[] array = {1, 2};
    Tensor x = Tensor.wrap(Shape.of(2), array).withGrad();
    Tensor constant = x.detach();
    assertThat(constant.requiresGrad()).isFalse();
    assertThat(constant.nodes()).isEmpty();
    array[0] = 5;
    assertThat(constant.item(0)).isEqualTo(5);
    x.mul(constant).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(5, 2);
  }

  @Test
  void keepWithoutATapeIsDetach() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor kept = x.square().keep();
    assertThat(kept.requiresGrad()).isFalse();
    assertThat(kept.item()).isEqualTo(9);
  }

  @Test
  void keepTakesAValueOutOfOneTape() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor twice;
    Tensor once;
    Tensor lost;
    try (Tape outer = Tape.open()) {
      try (Tape inner = Tape.open()) {
        lost = x.square();
        once = lost.keep();
        assertThat(inner.nodes()).hasSize(1);
      }
      assertThat(once.item()).isEqualTo(9);
      assertThatThrownBy(lost::item).isInstanceOf(ClosedTapeException.class);
      twice = once.keep();
      assertThat(outer.nodes()).isEmpty();
    }
    assertThatThrownBy(once::item).isInstanceOf(ClosedTapeException.class);
    assertThat(twice.item()).isEqualTo(9);
  }

  @Test
  void detachAndViewsDieWithTheTape() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    List<Tensor> views;
    try (Tape tape = Tape.open()) {
      Tensor y = x.square();
      views =
          List.of(y.detach(), y.reshape(2, 1), y.detach().withGrad(), y.squeeze(), y.identity());
      assertThat(tape.nodes()).isNotEmpty();
    }
    for (Tensor view : views) {
      assertThatThrownBy(view::toDoubleArray).isInstanceOf(ClosedTapeException.class);
    }
    Tensor viewOfALeaf = Tape.scope(() -> List.of(x.reshape(2, 1))).get(0);
    assertThat(viewOfALeaf.toDoubleArray()).containsExactly(1, 2);
  }

  @Test
  void labels() {
    Tensor x = Tensor.scalar(3);
    assertThat(x.name()).isEmpty();
    assertThat(x.named("x")).isSameAs(x);
    assertThat(x.name()).isEqualTo("x");
    assertThat(x).hasToString("x");
    Tensor y = x.withGrad().square().named("y");
    assertThat(y.nodes()).extracting(Node::op).containsExactly("leaf", "square");
    assertThat(y.nodes()).extracting(Node::name).containsExactly("x", "y");
    assertThat("d" + y).isEqualTo("dy");
    assertThat(y.detach().name()).isEmpty();
    y.named("z");
    assertThat(y.name()).isEqualTo("z");
  }

  @Test
  void theGraphOfAConstantIsEmpty() {
    assertThat(Tensor.scalar(3).nodes()).isEmpty();
    assertThat(Tensor.scalar(3).square().nodes()).isEmpty();
    Tensor x = Tensor.scalar(3).withGrad();
    assertThat(x.nodes()).extracting(Node::op).containsExactly("leaf");
    assertThat(Autograd.noGrad(() -> x.square()).nodes()).isEmpty();
  }

  @Test
  void identityIsANewPlaceInTheGraph() {
    Tensor x = Tensor.scalar(3).withGrad();
    Tensor copy = x.identity();
    Gradients g = Autograd.grad(x.mul(copy), x, copy);
    assertThat(g.of(copy).item()).isEqualTo(3);
    assertThat(g.of(x).item()).isEqualTo(6);
  }
}
