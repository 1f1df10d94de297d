package dev.autograd.nn;

import dev.autograd.Normalized;
import dev.autograd.Parameter;
import dev.autograd.Replay;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.function.UnaryOperator;

/**
 * Batch normalisation, of any number of axes behind the channels: {@code weight (x - mean) /
 * √(variance + eps) + bias} per channel, {@code [n, channels, ...] -> [n, channels, ...]}.
 *
 * <p>In training, mean and variance are those of the batch (over all axes but 1, divided by n), and
 * enter running averages: {@code running = (1 - momentum) running + momentum batch}, the variance
 * there divided by n - 1. In inference they are the running averages. The mode alone decides: to
 * use a layer in training as it is in inference, call {@link #forward(Tensor)}.
 *
 * <p><b>When the averages change.</b> Once per training pass, at the end of {@link #forward(Tensor,
 * Mode)}, both or none, whether anything is recorded or not; code that runs again ({@link
 * dev.autograd.Autograd#recompute}, a gradient check) does not change them again. A batch whose
 * statistics are NaN or infinite changes nothing, so that one bad batch cannot spoil a model.
 * Threads that train through one layer at the same time take turns, in the order they come; in a
 * {@link TrainingPass} the statistics of its shards enter in their order, when all are done.
 *
 * <p>The parameters are called {@code weight} and {@code bias}, the {@linkplain #buffers() buffers}
 * {@code runningMean} and {@code runningVariance}. A layer that {@link #map} makes has averages of
 * its own, which start as copies.
 *
 * <p>Source: Ioffe and Szegedy, Batch normalization, ICML 2015, algorithms 1 and 2; averages and
 * defaults as in PyTorch.
 *
 * @param weight a factor per channel, {@code [channels]}
 * @param bias what is added per channel, {@code [channels]}
 * @param runningMean the average of the means of batches, {@code [channels]}
 * @param runningVariance the average of their variances, {@code [channels]}
 * @param momentum the share of the newest batch, from 0 to 1
 * @param eps what is added to the variance
 */
public record BatchNorm(
    Tensor weight,
    Tensor bias,
    Buffer runningMean,
    Buffer runningVariance,
    double momentum,
    double eps)
    implements Layer {

  /**
   * Checks that the parts fit.
   *
   * @throws dev.autograd.ShapeException if not all four are vectors of one length
   * @throws dev.autograd.DTypeException if the element types differ
   * @throws IllegalArgumentException if the momentum is no share, or eps negative or not finite
   */
  public BatchNorm {
    Arguments.requireRank("BatchNorm", "the weight", weight, 1, "[channels]");
    int channels = weight.size();
    Tensor mean = runningMean.value();
    Tensor variance = runningVariance.value();
    Arguments.requireShape("BatchNorm", "the bias", bias, channels);
    Arguments.requireShape("BatchNorm", "the running mean", mean, channels);
    Arguments.requireShape("BatchNorm", "the running variance", variance, channels);
    Arguments.requireOneType("BatchNorm", weight, bias, mean, variance);
    Arguments.requireEpsilon("BatchNorm", eps);
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "BatchNorm: the momentum is " + momentum + "; it must be a share, from 0 to 1");
    }
  }

  /** Returns an F64 layer: weight 1, bias 0, momentum 0.1, eps 1e-5. */
  public static BatchNorm of(int channels) {
    return of(DType.F64, channels);
  }

  /** Returns a layer: weight 1, bias 0, running mean 0 and variance 1, momentum 0.1, eps 1e-5. */
  public static BatchNorm of(DType dtype, int channels) {
    return new BatchNorm(
        Parameter.of("weight", Tensor.ones(dtype, channels)),
        Parameter.of("bias", Tensor.zeros(dtype, channels)),
        Buffer.of("runningMean", Tensor.zeros(dtype, channels)),
        Buffer.of("runningVariance", Tensor.ones(dtype, channels)),
        0.1,
        1e-5);
  }

  /** Returns a layer of the same parameters and buffers with another momentum. */
  public BatchNorm momentum(double share) {
    return new BatchNorm(weight, bias, runningMean, runningVariance, share, eps);
  }

  /** Returns a layer of the same parameters and buffers with another eps. */
  public BatchNorm eps(double value) {
    return new BatchNorm(weight, bias, runningMean, runningVariance, momentum, value);
  }

  /**
   * Returns x normalised by the running averages, and leaves them as they are.
   *
   * @throws dev.autograd.ShapeException if axis 1 of x has not the size of the weight
   */
  @Override
  public Tensor forward(Tensor x) {
    Tensor mean;
    Tensor variance;
    synchronized (runningMean) {
      mean = runningMean.value();
      variance = runningVariance.value();
    }
    return x.batchNorm(mean, variance, weight, bias, eps);
  }

  /**
   * Returns, in training, x normalised by its own statistics, and lets these enter the running
   * averages.
   *
   * @throws dev.autograd.ShapeException if axis 1 of x has not the size of the weight, or in
   *     training each channel has a single value
   */
  @Override
  public Tensor forward(Tensor x, Mode mode) {
    if (mode == Mode.INFERENCE) {
      return forward(x);
    }
    Normalized batch = x.batchNormalized(weight, bias, eps);
    double[] mean = batch.mean().toDoubleArray();
    double[] variance = batch.variance().toDoubleArray();
    double count = (double) x.size() / weight.size();
    for (int i = 0; i < variance.length; i++) {
      variance[i] *= count / (count - 1);
    }
    // Drawn as random state is: where code runs again the source is not asked, and nothing changes.
    Replay.draw(() -> absorb(mean, variance));
    return batch.value();
  }

  /** Returns 0, whatever the statistics; a pass that is repeated needs no number of them. */
  private long absorb(double[] mean, double[] variance) {
    if (finite(mean) && finite(variance)) {
      TrainingPass.effect(() -> average(mean, variance));
    }
    return 0;
  }

  private void average(double[] mean, double[] variance) {
    synchronized (runningMean) {
      Tensor nextMean = averaged(runningMean.value(), mean);
      Tensor nextVariance = averaged(runningVariance.value(), variance);
      runningMean.assign(nextMean);
      runningVariance.assign(nextVariance);
    }
  }

  private static boolean finite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the new average; not by operations, which whoever inspects a training pass would see.
   */
  private Tensor averaged(Tensor running, double[] batch) {
    double[] next = running.toDoubleArray();
    for (int i = 0; i < next.length; i++) {
      next[i] = (1 - momentum) * next[i] + momentum * batch[i];
    }
    if (running.dtype() == DType.F64) {
      return Tensor.wrap(running.shape(), next);
    }
    float[] rounded = new float[next.length];
    for (int i = 0; i < next.length; i++) {
      rounded[i] = (float) next[i];
    }
    return Tensor.wrap(running.shape(), rounded);
  }

  @Override
  public boolean dependsOnMode() {
    return true;
  }

  @Override
  public Parameters parameters() {
    return Parameters.of(weight, bias);
  }

  @Override
  public Buffers buffers() {
    return Buffers.of(runningMean, runningVariance);
  }

  /** Returns a layer over other tensors, with running averages of its own in their type. */
  @Override
  public BatchNorm map(UnaryOperator<Tensor> f) {
    Once once = Once.of(f);
    Tensor mapped = once.apply(weight);
    return new BatchNorm(
        mapped,
        once.apply(bias),
        once.buffer(runningMean, mapped.dtype()),
        once.buffer(runningVariance, mapped.dtype()),
        momentum,
        eps);
  }

  /**
   * Returns size, type and settings, as in {@code BatchNorm(16, F64, momentum 0.1, eps 1.0E-5)}.
   */
  @Override
  public String toString() {
    return "BatchNorm("
        + weight.size()
        + ", "
        + weight.dtype()
        + ", momentum "
        + momentum
        + ", eps "
        + eps
        + ")";
  }
}
