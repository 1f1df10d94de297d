package dev.autograd;

import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What pullbacks of custom operations may return, and what is said if they return anything else.
 */
class CustomPullbackTest {

  @Test
  void anInputReturnedUnchanged() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor y = Tensor.custom("same", x.detach(), x, g -> g);
    y.backward(Tensor.of(3.0, 4));
    assertThat(y).isNotSameAs(x);
    assertThat(x.grad().toDoubleArray()).containsExactly(3, 4);
  }

  @Test
  void anInputListedTwiceGetsTheSum() {
    Tensor x = Tensor.scalar(3).withGrad();
    List<Pullback> pullbacks = List.of(g -> g.mul(2), g -> g.mul(5));
    Tensor.custom("twice", Tensor.scalar(1), List.of(x, x), pullbacks).backward();
    assertThat(x.grad().item()).isEqualTo(7);
  }

  @Test
  void oneResultReturnedByBothPullbacks() {
    Tensor a = Tensor.of(1.0, 2).withGrad();
    Tensor b = Tensor.of(3.0, 4).withGrad();
    Tensor shared = Tensor.of(5.0, 6);
    Tensor y = Tensor.custom("shared", Tensor.scalar(1), a, g -> shared, b, g -> shared);
    y.add(y).add(a.sum()).backward();
    assertThat(a.grad().toDoubleArray()).containsExactly(6, 7);
    assertThat(b.grad().toDoubleArray()).containsExactly(5, 6);
    assertThat(shared.toDoubleArray()).containsExactly(5, 6);
  }

  @Test
  void aLeafReturnedAsItIsLeavesAnUntrackedGradient() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor y = Tensor.custom("leaf", Tensor.scalar(1), x, g -> x);
    assertThat(Autograd.grad(y, x).requiresGrad()).isFalse();
  }

  @Test
  @SuppressWarnings("NullAway") // what a user may return by mistake
  void nothingIsAnErrorThatNamesOperationAndInput() {
    Tensor a = Tensor.scalar(1).withGrad();
    Tensor b = Tensor.scalar(1).withGrad();
    Tensor y = Tensor.custom("mine", Tensor.scalar(1), a, g -> g, b, g -> null);
    assertThatThrownBy(y::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "backward: the pullback of 'mine' for input 1 returned null; return a tensor, zeros for"
                + " no derivative");
    assertThat(a.hasGrad()).isFalse();
  }

  @Test
  void theExceptionOfAPullbackIsTheCause() {
    IllegalStateException own = new IllegalStateException("mine");
    Tensor x = Tensor.scalar(1).withGrad();
    Tensor y =
        Tensor.custom(
            "fails",
            Tensor.scalar(1),
            x,
            g -> {
              throw own;
            });
    Throwable thrown = catchThrowable(() -> Autograd.grad(y.mul(2), x));
    assertThat(thrown)
        .isInstanceOf(PullbackException.class)
        .hasMessage(
            "grad: the pullback of 'fails' for input 0 threw java.lang.IllegalStateException: mine;"
                + " no gradient was changed, the graph is released");
    assertThat(thrown.getCause()).isSameAs(own);
  }

  @Test
  void twoOperandsWhoseDerivativesUseTheOutput() {
    Tensor a = Tensor.scalar(3).withGrad();
    Tensor b = Tensor.scalar(4).withGrad();
    Tensor y =
        Tensor.custom(
            "hypot", Tensor.scalar(5), a, (g, h) -> g.mul(a.div(h)), b, (g, h) -> g.mul(b.div(h)));
    Gradients first = Autograd.grad(y, List.of(a, b), GradOptions.createGraph());
    assertThat(first.of(a).item()).isEqualTo(0.6);
    assertThat(first.of(b).item()).isEqualTo(0.8);
    // The output is the recorded one, so that the second derivative sees through it: b²/y³.
    assertThat(Autograd.grad(first.of(a), a).item()).isEqualTo(16.0 / 125);
  }

  @Test
  void theUpstreamGradientIsTrackedExactlyIfTheSweepIsRecorded() {
    List<Boolean> tracked = new ArrayList<>();
    Tensor x = Tensor.of(1.0, 2).withGrad();
    UnaryOperator<Tensor> twice =
        t ->
            Tensor.custom(
                "twice",
                t.detach().mul(2),
                t,
                g -> {
                  tracked.add(g.requiresGrad());
                  return g.mul(2);
                });
    twice.apply(x).sum().backward();
    Tensor seed = Tensor.of(1.0, 3);
    Tensor d = Autograd.grad(twice.apply(x), x, GradOptions.createGraph().seed(seed));
    assertThat(d.toDoubleArray()).containsExactly(2, 6);
    assertThat(tracked).containsExactly(false, true);
  }

  @Test
  void aSweepLetsGoOfTheOutputOfManyOperands() {
    Tensor a = Tensor.scalar(2).withGrad();
    Pullback.WithOutput pullback = (g, y) -> g.mul(y);
    Tensor y =
        Recording.result(
            "list", Tensor.scalar(2), List.of(a, a), List.of(pullback, pullback), false);
    Operation operation = (Operation) y.vertex();
    assertThat(operation.output()).isSameAs(y);
    y.backward();
    assertThatThrownBy(operation::output).isInstanceOf(ReleasedGraphException.class);
  }

  @Test
  void manyOperandsOfAnyShape() {
    Tensor a = Tensor.scalar(2).withGrad();
    Tensor b = Tensor.of(1.0, 2).withGrad();
    Tensor c = Tensor.zeros(F64, 2, 2).withGrad();
    Tensor value = Tensor.ones(F64, 2, 2);
    List<Pullback> pullbacks = List.of(g -> g, g -> g.mul(2), g -> g.mul(3));
    Tensor.custom("three", value, List.of(a, b, c), pullbacks).sum().backward();
    assertThat(a.grad().item()).isEqualTo(4);
    assertThat(b.grad().toDoubleArray()).containsExactly(4, 4);
    assertThat(c.grad().toDoubleArray()).containsExactly(3, 3, 3, 3);
  }

  @Test
  void attributesAreListed() {
    Tensor x = Tensor.of(1.0, 2).withGrad();
    Tensor y =
        Tensor.custom("scaled", x.detach().mul(2), x, g -> g.mul(2)).withAttribute("factor", 2);
    assertThat(y.nodes().get(1).attributes()).isEqualTo(Map.of("factor", 2));
    assertThat(y.toMermaid()).contains("factor=2");
    Tensor constant = Tensor.custom("scaled", Tensor.scalar(2), Tensor.scalar(1), g -> g);
    assertThat(constant.withAttribute("factor", 2)).isSameAs(constant);
    assertThat(constant.nodes()).isEmpty();
  }

  @Test
  void theLibrarysOperationsKeepTheirAttributes() {
    Tensor y = Tensor.of(1.0, 2).withGrad().sum(0);
    assertThatThrownBy(() -> y.withAttribute("axis", 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("withAttribute: 'sum' is no custom operation");
  }

  @Test
  void aNameIsNeeded() {
    assertThatThrownBy(() -> Tensor.custom(" ", Tensor.scalar(1), Tensor.scalar(1), g -> g))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("custom: the operation has no name; give one, listings and messages need it");
  }
}
