package dev.autograd.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.metrics.Accuracy;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole training runs, small enough for every build. */
class TrainingTest {

  private static final Tensor XOR = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
  private static final Tensor LABELS = Tensor.of(new double[][] {{0}, {1}, {1}, {0}});

  private static Sequential xorModel(long seed) {
    Random random = new Random(seed);
    return Sequential.of(Dense.of(2, 8, random), Tensor::tanh, Dense.of(8, 1, random));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void learnsXorWithinAThousandSteps(long seed) {
    Sequential model = xorModel(seed);
    Optimizer adam = Adam.lr(0.05).over(model.parameters());
    for (int i = 0; i < 1000; i++) {
      adam.minimize(() -> Losses.bceWithLogits(model.forward(XOR, Mode.TRAINING), LABELS));
    }
    assertThat(Accuracy.ofLogits(model.forward(XOR), LABELS)).isEqualTo(1);
    assertThat(Accuracy.ofProbabilities(model.forward(XOR).sigmoid(), LABELS)).isEqualTo(1);
  }

  /** The generator of the benchmark's inputs. */
  private static double[] symmetric(long seed, int n, double bound) {
    double[] values = new double[n];
    long s = seed;
    for (int i = 0; i < n; i++) {
      s = s * 6364136223846793005L + 1442695040888963407L;
      values[i] = (2 * ((s >>> 40) / (double) (1 << 24)) - 1) * bound;
    }
    return values;
  }

  private static Dense benchmarkLayer(DType dtype, int in, int out, double[] weights) {
    double[] transposed = new double[weights.length];
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        transposed[o * in + i] = weights[i * out + o];
      }
    }
    Tensor weight = Tensor.of(Shape.of(out, in), transposed).to(dtype);
    return new Dense(
        Parameter.of("weight", weight), Parameter.of("bias", Tensor.zeros(dtype, out)));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void smallBenchmarkReachesItsLoss(DType dtype) {
    Sequential model =
        Sequential.of(
            benchmarkLayer(dtype, 2, 16, symmetric(1, 32, 1)),
            Tensor::tanh,
            benchmarkLayer(dtype, 16, 1, symmetric(2, 16, 0.25)),
            Tensor::sigmoid);
    Tensor x = XOR.to(dtype);
    Tensor y = LABELS.to(dtype);
    Optimizer sgd = Sgd.lr(0.1).over(model.parameters());
    for (int i = 0; i < 1000; i++) {
      sgd.minimize(() -> Losses.bce(model.forward(x, Mode.TRAINING), y));
    }
    double loss = Losses.bce(model.forward(x), y).item();
    assertThat(loss).isCloseTo(0.0271907, within(dtype == DType.F64 ? 5e-8 : 5e-7));
  }

  private static double[] weightsAfterTraining(long seed) {
    Sequential model = xorModel(seed);
    Optimizer adam = Adam.lr(0.05).over(model.parameters());
    for (int i = 0; i < 300; i++) {
      adam.minimize(() -> Losses.bceWithLogits(model.forward(XOR), LABELS));
    }
    return model.parameters().paths().stream()
        .flatMapToDouble(p -> Arrays.stream(model.parameters().byPath(p).toDoubleArray()))
        .toArray();
  }

  @Test
  void modelsTrainedInParallelGetTheBitsOfSerialTraining() throws Exception {
    List<Callable<double[]>> jobs =
        LongStream.range(0, 6)
            .<Callable<double[]>>mapToObj(seed -> () -> weightsAfterTraining(seed))
            .toList();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    List<double[]> parallel = new ArrayList<>();
    try {
      for (Future<double[]> job : pool.invokeAll(jobs)) {
        parallel.add(job.get());
      }
    } finally {
      pool.shutdownNow();
    }
    for (int seed = 0; seed < parallel.size(); seed++) {
      assertThat(parallel.get(seed)).isEqualTo(weightsAfterTraining(seed));
    }
  }

  @Test
  void longTrainingHoldsNothingOfItsFirstStep() {
    Parameter p = Parameter.of("p", Tensor.of(1.0, 2.0));
    Optimizer adam = Adam.lr(1e-4).over(List.of(p));
    List<WeakReference<Tensor>> first = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      boolean remember = i == 0;
      adam.minimize(
          () -> {
            Tensor hidden = p.tanh();
            Tensor loss = hidden.square().sum();
            if (remember) {
              first.add(new WeakReference<>(hidden));
              first.add(new WeakReference<>(loss));
            }
            return loss;
          });
    }
    for (int attempt = 0;
        attempt < 50 && first.stream().anyMatch(r -> r.get() != null);
        attempt++) {
      System.gc();
    }
    assertThat(first).hasSize(2).allMatch(reference -> reference.get() == null);
    assertThat(adam.steps()).isEqualTo(20_000);
  }
}
