package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.NonFiniteException;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Sgd;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Under {@code CHECK_FINITE} the line that is named is the one that calls a layer, not its own. */
class SourceLineTest {

  private static final Tensor INPUT = Tensor.of(new double[][] {{1, 2}});

  @Test
  void nodesNameTheCallerOfTheModel() {
    Sequential model =
        Sequential.of(Dense.of(2, 3, new SplittableRandom(1)), Tensor::tanh, x -> x.mul(2));
    Tape tape = Tape.open(Tape.Option.CHECK_FINITE);
    model.forward(INPUT);
    tape.close();
    assertThat(tape.nodes()).hasSizeGreaterThan(2);
    assertThat(tape.nodes())
        .allSatisfy(
            node ->
                assertThat(String.valueOf(node.attributes().get("source")))
                    .startsWith("dev.autograd.nn.SourceLineTest."));
  }

  @Test
  void minimizeIsInTheMode() {
    Parameter w = Parameter.of("w", Tensor.scalar(0));
    Optimizer sgd = Sgd.lr(0.1).over(List.of(w));
    Tape tape = Tape.open(Tape.Option.CHECK_FINITE);
    assertThatThrownBy(() -> sgd.minimize(w::sqrt))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("'sqrt'")
        .hasMessageContaining("\"w\" F64[] from 0.0 to 0.0");
    tape.close();
    assertThat(w.version()).isZero();
  }

  @Test
  void anOptimiserMayStepAfterBackward() {
    Parameter w = Parameter.of("w", Tensor.scalar(4));
    Optimizer sgd = Sgd.lr(0.5).over(List.of(w));
    w.afterBackward(
        g -> {
          sgd.step();
          sgd.zeroGrad();
        });
    w.square().backward();
    w.mul(3).backward();
    assertThat(w.item()).isEqualTo(-1.5);
    assertThat(w.hasGrad()).isFalse();
  }
}
