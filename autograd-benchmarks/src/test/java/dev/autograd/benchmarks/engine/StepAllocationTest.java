package dev.autograd.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.optim.Adagrad;
import dev.autograd.nn.optim.AdamW;
import dev.autograd.nn.optim.Adamax;
import dev.autograd.nn.optim.Ema;
import dev.autograd.nn.optim.Lion;
import dev.autograd.nn.optim.MovingAverage;
import dev.autograd.nn.optim.NAdam;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.RmsProp;
import dev.autograd.nn.optim.Sgd;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A training loop in its steady state makes small objects, and no storage for elements. */
class StepAllocationTest {

  /**
   * Small objects, and the blocks of some KB that plain kernels work in; of the arrays of elements
   * below there are a dozen, of 10 to 400 KB.
   */
  private static final long MOST_BYTES = 32_768;

  private static final int WIDTH = 1280;

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private final Tensor x = Tensor.normal(random, DType.F64, 32, WIDTH);
  private final Tensor t = Tensor.zeros(DType.F64, 32, WIDTH);
  private final Sequential model = Sequential.of(dense(WIDTH, 40), Tensor::tanh, dense(40, WIDTH));
  private final Optimizer sgd = Sgd.lr(0.01).momentum(0.9).over(model.parameters());

  private Dense dense(int in, int out) {
    return new Dense(
        Parameter.of("weight", Tensor.normal(random, DType.F64, out, in).mul(0.1)),
        Parameter.of("bias", Tensor.zeros(DType.F64, out)));
  }

  private Tensor loss() {
    return Losses.mse(model.forward(x), t);
  }

  private static long bytesPerStep(Runnable step) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int steps = 50;
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    return (thread.getCurrentThreadAllocatedBytes() - before) / steps;
  }

  @Test
  void minimizing() {
    assertThat(bytesPerStep(() -> sgd.minimize(this::loss))).isLessThan(MOST_BYTES);
  }

  @Test
  void minimizingWithClippedGradientsAndAveragedParameters() {
    Optimizer clipped = AdamW.lr(0.01).over(model.parameters()).clipNorm(1e-3).clipValue(1e-4);
    MovingAverage average = Ema.decay(0.99).debiased().over(model.parameters());
    Runnable step =
        () -> {
          clipped.minimize(this::loss);
          average.update();
        };
    // Plain kernels make more blocks for clipping, but nobody makes an array like that of a weight.
    assertThat(bytesPerStep(step)).isLessThan(WIDTH * 40 * Double.BYTES);
  }

  @Test
  void updatesOfEveryRule() {
    for (Optimizer optimizer :
        List.of(
            Adagrad.lr(0.01).over(model.parameters()),
            RmsProp.lr(0.001).centered().momentum(0.9).over(model.parameters()),
            Adamax.lr(0.01).over(model.parameters()),
            NAdam.lr(0.01).over(model.parameters()),
            Lion.lr(0.001).weightDecay(0.1).over(model.parameters()))) {
      assertThat(bytesPerStep(() -> optimizer.minimize(this::loss))).isLessThan(MOST_BYTES);
    }
  }

  @Test
  void aLoopWithATapePerStep() {
    Runnable step =
        () -> {
          try (Tape tape = Tape.open()) {
            loss().backward();
            sgd.step();
            sgd.zeroGrad();
            assertThat(tape).isNotNull();
          }
        };
    assertThat(bytesPerStep(step)).isLessThan(MOST_BYTES);
  }
}
