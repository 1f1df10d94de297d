package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Autograd;
import dev.autograd.DTypeException;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.check.GradientCheck;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BatchNormTest {

  /** Two channels: means 5 and 10, variances 5 and 0, with n - 1 below 20/3 and 0. */
  private static final Tensor BATCH =
      Tensor.of(new double[][] {{2, 10}, {4, 10}, {6, 10}, {8, 10}});

  private static double[] mean(BatchNorm norm) {
    return norm.runningMean().value().toDoubleArray();
  }

  private static double[] variance(BatchNorm norm) {
    return norm.runningVariance().value().toDoubleArray();
  }

  private static void train(Layer norm, Tensor x) {
    norm.forward(x, Mode.TRAINING);
  }

  @Test
  void trainingNormalisesByTheBatch() {
    BatchNorm norm = BatchNorm.of(2).eps(0);
    double s = Math.sqrt(5);
    assertThat(norm.forward(BATCH, Mode.TRAINING).toDoubleArray())
        .containsExactly(new double[] {-3 / s, 0, -1 / s, 0, 1 / s, 0, 3 / s, 0}, within(1e-15));
  }

  @Test
  void trainingMovesTheAveragesByTheMomentum() {
    BatchNorm norm = BatchNorm.of(2);
    train(norm, BATCH);
    assertThat(mean(norm)).containsExactly(new double[] {0.5, 1}, within(1e-15));
    assertThat(variance(norm)).containsExactly(new double[] {0.9 + 2.0 / 3, 0.9}, within(1e-15));
    train(norm, BATCH);
    assertThat(mean(norm)).containsExactly(new double[] {0.95, 1.9}, within(1e-15));
  }

  @Test
  void inferenceUsesTheAveragesAndLeavesThem() {
    BatchNorm norm = BatchNorm.of(2).momentum(1).eps(4.0 / 3);
    train(norm, BATCH);
    assertThat(mean(norm)).containsExactly(5, 10);
    assertThat(variance(norm)[0]).isCloseTo(20.0 / 3, within(1e-14));
    double s = Math.sqrt(8);
    Tensor y = norm.forward(Tensor.of(new double[][] {{5 + s, 10}, {5 - 2 * s, 10}}));
    assertThat(y.toDoubleArray()).containsExactly(new double[] {1, 0, -2, 0}, within(1e-14));
    assertThat(mean(norm)).containsExactly(5, 10);
  }

  @Test
  void imagesHaveOneStatisticPerChannel() {
    BatchNorm norm = BatchNorm.of(2).momentum(1);
    train(norm, Tensor.arange(DType.F64, 16).reshape(2, 2, 2, 2));
    assertThat(mean(norm)).containsExactly(5.5, 9.5);
    // Deviations ±2.5, ±3.5, ±4.5, ±5.5 of 8 numbers, over 7.
    double squares = 2 * (2.5 * 2.5 + 3.5 * 3.5 + 4.5 * 4.5 + 5.5 * 5.5);
    assertThat(variance(norm))
        .containsExactly(new double[] {squares / 7, squares / 7}, within(1e-13));
  }

  @Test
  void buffersAreNoParameters() {
    Sequential model = Sequential.of(ActivationLayer.TANH, Residual.of(BatchNorm.of(2)));
    assertThat(model.parameters().paths()).containsExactly("1.body.weight", "1.body.bias");
    assertThat(model.buffers().paths())
        .containsExactly("1.body.runningMean", "1.body.runningVariance");
  }

  @Test
  void anOptimiserTrainsWeightAndBiasOnly() {
    BatchNorm norm = BatchNorm.of(2);
    Optimizer sgd = Sgd.lr(0.1).over(norm.parameters());
    sgd.minimize(() -> norm.forward(BATCH, Mode.TRAINING).mul(BATCH).sum());
    assertThat(norm.bias().toDoubleArray()).containsExactly(new double[] {-2, -4}, within(1e-14));
    assertThat(mean(norm)).containsExactly(new double[] {0.5, 1}, within(1e-15));
    // The averages outlive the tape of the step.
    assertThat(norm.forward(BATCH).shape()).isEqualTo(BATCH.shape());
  }

  @Test
  void recomputationMovesTheAveragesOnce() {
    BatchNorm plain = BatchNorm.of(2);
    BatchNorm twice = BatchNorm.of(2);
    Tensor x = BATCH.withGrad();
    Tensor expected = Autograd.grad(plain.forward(x, Mode.TRAINING).square().sum(), x);
    Tensor y = Autograd.recompute(t -> twice.forward(t, Mode.TRAINING).square(), x);
    assertThat(Autograd.grad(y.sum(), x).toDoubleArray()).isEqualTo(expected.toDoubleArray());
    assertThat(mean(twice)).isEqualTo(mean(plain));
    assertThat(variance(twice)).isEqualTo(variance(plain));
  }

  @Test
  void aGradientCheckMovesTheAveragesOnce() {
    BatchNorm norm = BatchNorm.of(2);
    Tensor y = Tensor.of(new double[][] {{1, 2}, {-1, 0}, {3, 1}, {0, -2}});
    GradientCheck.of(() -> norm.forward(y, Mode.TRAINING).mul(BATCH).square().sum())
        .at(norm.parameters())
        .order(2)
        .assertPasses();
    BatchNorm once = BatchNorm.of(2);
    train(once, y);
    assertThat(mean(norm)).isEqualTo(mean(once));
  }

  @Test
  void noRecordingIsNeededToMoveTheAverages() {
    BatchNorm norm = BatchNorm.of(2);
    Autograd.noGrad(() -> train(norm, BATCH));
    assertThat(mean(norm)).containsExactly(new double[] {0.5, 1}, within(1e-15));
  }

  @Test
  void aBatchThatIsNotFiniteMovesNothing() {
    BatchNorm norm = BatchNorm.of(2);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e200}) {
      Tensor x = Tensor.of(new double[][] {{1, 2}, {bad, 3}});
      Tensor y = norm.forward(x, Mode.TRAINING);
      // Only the channel of that number is spoilt, as in any other layer.
      assertThat(y.select(1, 1).toDoubleArray()).doesNotContain(Double.NaN);
      assertThat(mean(norm)).containsExactly(0, 0);
      assertThat(variance(norm)).containsExactly(1, 1);
    }
  }

  @Test
  void aRefusedBatchMovesNothing() {
    BatchNorm norm = BatchNorm.of(2);
    for (Tensor bad :
        List.of(
            Tensor.zeros(DType.F64, 1, 2),
            Tensor.zeros(DType.F64, 4, 3),
            Tensor.zeros(DType.F64, 2))) {
      assertThatThrownBy(() -> train(norm, bad)).isInstanceOf(ShapeException.class);
    }
    assertThatThrownBy(() -> train(norm, Tensor.zeros(DType.F32, 4, 2)))
        .isInstanceOf(DTypeException.class);
    train(norm, Tensor.zeros(DType.F64, 0, 2));
    assertThat(mean(norm)).containsExactly(0, 0);
    assertThat(variance(norm)).containsExactly(1, 1);
  }

  @Test
  void aGraphOverTheAveragesStaysRightWhenTheyMove() {
    BatchNorm norm = BatchNorm.of(2);
    Tensor x = BATCH.withGrad();
    Tensor y = norm.forward(x).square().sum();
    double[] before = Autograd.grad(norm.forward(x).square().sum(), x).toDoubleArray();
    train(norm, BATCH);
    assertThat(Autograd.grad(y, x).toDoubleArray()).isEqualTo(before);
  }

  @Test
  void threadsMoveTheAveragesOneAfterTheOther() throws Exception {
    BatchNorm norm = BatchNorm.of(2);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Callable<Object>> jobs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      jobs.add(
          () -> {
            train(norm, BATCH);
            return norm;
          });
    }
    for (Future<Object> job : pool.invokeAll(jobs)) {
      job.get();
    }
    pool.shutdown();
    BatchNorm sequential = BatchNorm.of(2);
    for (int i = 0; i < 200; i++) {
      train(sequential, BATCH);
    }
    assertThat(mean(norm)).isEqualTo(mean(sequential));
    assertThat(variance(norm)).isEqualTo(variance(sequential));
  }

  @Test
  void savedAveragesMakeTheSameModel() {
    Sequential trained = Sequential.of(BatchNorm.of(2), ActivationLayer.TANH);
    train(trained, BATCH);
    Map<String, Tensor> saved = trained.buffers().snapshot();
    double[] expected = trained.forward(BATCH).toDoubleArray();
    train(trained, BATCH.mul(3));
    Sequential other = Sequential.of(BatchNorm.of(2), ActivationLayer.TANH);
    other.buffers().load(saved);
    assertThat(other.forward(BATCH).toDoubleArray()).isEqualTo(expected);
  }

  @Test
  void mappedLayerHasAveragesOfItsOwn() {
    BatchNorm norm = BatchNorm.of(2);
    train(norm, BATCH);
    BatchNorm copy = norm.map(t -> t.mul(2));
    double[] before = mean(norm);
    assertThat(mean(copy)).isEqualTo(before);
    train(copy, BATCH.mul(2));
    assertThat(mean(norm)).isEqualTo(before);
    BatchNorm small = norm.map(t -> Parameter.of(t.name(), t.to(DType.F32)));
    train(small, BATCH.to(DType.F32));
    assertThat(small.runningMean().dtype()).isEqualTo(DType.F32);
    assertThat(small.runningMean().value().toFloatArray())
        .containsExactly(new float[] {0.95f, 1.9f}, within(1e-6f));
  }

  @Test
  void aLayerThatOccursTwiceIsOneAfterwardsToo() {
    BatchNorm norm = BatchNorm.of(2);
    Sequential model = Sequential.of(norm, Residual.of(Sequential.of(norm)));
    assertThat(model.buffers().size()).isEqualTo(2);
    Sequential mapped = model.map(t -> Parameter.of(t.name(), t));
    assertThat(mapped.parameters().paths()).containsExactly("0.weight", "0.bias");
    assertThat(mapped.buffers().paths()).containsExactly("0.runningMean", "0.runningVariance");
  }

  @Test
  void aStepThroughTheModelIsDifferentiable() {
    Sequential model = Sequential.of(BatchNorm.of(2), ActivationLayer.TANH);
    Gradients g =
        Autograd.grad(
            model.forward(BATCH, Mode.TRAINING).square().sum(),
            model.parameters(),
            GradOptions.createGraph());
    Layer adapted = model.map(p -> p.sub(g.of(p).mul(0.1)));
    Tensor loss = adapted.forward(BATCH, Mode.TRAINING).sum();
    assertThat(Autograd.grad(loss, model.parameters()).norm()).isPositive();
  }

  @Test
  void tapesTakeNothingFromTheAverages() {
    BatchNorm norm = BatchNorm.of(2);
    try (Tape tape = Tape.open()) {
      train(norm, BATCH);
      assertThat(tape.nodes()).isNotEmpty();
    }
    assertThat(mean(norm)).containsExactly(new double[] {0.5, 1}, within(1e-15));
  }

  @Test
  void refusesPartsThatDoNotFit() {
    BatchNorm norm = BatchNorm.of(2);
    Buffer three = Buffer.of("runningMean", Tensor.of(1.0, 2, 3));
    assertThatThrownBy(
            () ->
                new BatchNorm(norm.weight(), norm.bias(), three, norm.runningVariance(), 0.1, 1e-5))
        .isInstanceOf(ShapeException.class)
        .hasMessage("BatchNorm: the running mean is [3] and must be [2]");
    assertThatThrownBy(() -> norm.map(t -> t.name().equals("bias") ? t.to(DType.F32) : t))
        .isInstanceOf(DTypeException.class);
    for (double momentum : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> norm.momentum(momentum))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("momentum is " + momentum);
    }
  }
}
