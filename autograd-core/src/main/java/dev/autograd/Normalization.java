package dev.autograd;

import dev.autograd.array.Shape;
import java.util.Arrays;

/**
 * Numbers brought to a common scale: to mean 0 and variance 1, to mean square 1, or to length 1.
 *
 * <p>Variances are divided by n, and eps is added to them under the root. What is normalised to
 * mean 0 has, for a statistic over n numbers with y the standardised ones and s = 1/√(variance +
 * eps), the derivative {@code s (g - mean(g) - y mean(g y))}, where g is the upstream gradient
 * times the weight; the weight's is Σ g y, the bias's Σ g. Equal numbers become 0, and their
 * derivative has the factor 1/√eps. Statistics are accumulated in double precision.
 */
public sealed interface Normalization permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns {@code weight (x - mean) / √(variance + eps) + bias}, with the statistics of each
   * example over the last axes, those that the weight has: {@code [n, m], [m], [m] -> [n, m]} (Ba,
   * Kiros and Hinton 2016). A row of one number becomes the bias.
   *
   * @param eps not negative; with 0 equal numbers have the derivative 0
   * @throws ShapeException if the weight is 0-d or has not the shape of the last axes, or the bias
   *     not that of the weight
   */
  default Tensor layerNorm(Tensor weight, Tensor bias, double eps) {
    Tensor x = self();
    int rows = rowAxes("layerNorm", x, weight);
    requireAlike("layerNorm", weight, bias);
    return Standardizing.of("layerNorm", x, 0, rows, true, eps).value().mul(weight).add(bias);
  }

  /**
   * Returns {@code weight x / √(mean(x²) + eps)}, with the mean square of each example over the
   * last axes, those that the weight has (Zhang and Sennrich 2019). Derivative: as of {@link
   * #layerNorm}, without mean(g).
   *
   * @param eps not negative; with 0 a row of zeros has the derivative 0
   * @throws ShapeException if the weight is 0-d or has not the shape of the last axes
   */
  default Tensor rmsNorm(Tensor weight, double eps) {
    Tensor x = self();
    int rows = rowAxes("rmsNorm", x, weight);
    return Standardizing.of("rmsNorm", x, 0, rows, false, eps).value().mul(weight);
  }

  /**
   * Returns {@code weight (x - mean) / √(variance + eps) + bias}, with the statistics of each
   * channel over all axes but 1: {@code [n, channels, ...], [channels], [channels] -> [n, channels,
   * ...]} (Ioffe and Szegedy 2015). This is the form for training; see {@link #batchNormalized} for
   * the statistics, and {@link #batchNorm(Tensor, Tensor, Tensor, Tensor, double)} for inference.
   *
   * @param eps not negative; with 0 equal numbers have the derivative 0
   * @throws ShapeException if there is no axis 1, weight or bias are not {@code [channels]}, or
   *     each channel has a single value, which has no spread
   */
  default Tensor batchNorm(Tensor weight, Tensor bias, double eps) {
    return batchNormalized(weight, bias, eps).value();
  }

  /**
   * Returns the normalised batch together with its statistics; see {@link #batchNorm(Tensor,
   * Tensor, double)}.
   */
  default Normalized batchNormalized(Tensor weight, Tensor bias, double eps) {
    Tensor x = self();
    requireChannels("batchNorm", x, "weight", weight);
    requireChannels("batchNorm", x, "bias", bias);
    if (x.size() > 0 && x.size() == weight.size()) {
      throw new ShapeException(
          "batchNorm: the input is "
              + x.shape()
              + ", one value per channel, which has no spread; give a larger batch, or the mean and"
              + " variance of earlier ones");
    }
    Normalized standard = Standardizing.of("batchNorm", x, 1, 2, true, eps);
    Tensor value = standard.value().mul(column(weight, x)).add(column(bias, x));
    return new Normalized(value, standard.mean(), standard.variance());
  }

  /**
   * Returns {@code weight (x - mean) / √(variance + eps) + bias}, with given statistics of each
   * channel: {@code [n, channels, ...]} and four of {@code [channels]}. This is the form for
   * inference, with averages over the batches of training. Derivatives exist for all operands.
   *
   * @param variance not negative
   * @throws ShapeException if there is no axis 1, or the others are not {@code [channels]}
   */
  @Domain(from = 0)
  default Tensor batchNorm(Tensor mean, Tensor variance, Tensor weight, Tensor bias, double eps) {
    Tensor x = self();
    requireChannels("batchNorm", x, "mean", mean);
    requireChannels("batchNorm", x, "variance", variance);
    requireChannels("batchNorm", x, "weight", weight);
    requireChannels("batchNorm", x, "bias", bias);
    Tensor slope = weight.mul(variance.add(eps).rsqrt());
    return x.sub(column(mean, x)).mul(column(slope, x)).add(column(bias, x));
  }

  /**
   * Returns {@code weight (x - mean) / √(variance + eps) + bias}, with the statistics of each
   * example over a group of neighbouring channels and all axes behind: {@code [n, channels, ...],
   * [channels], [channels] -> [n, channels, ...]} (Wu and He 2018). One group is all channels; as
   * many groups as channels normalise each image by itself.
   *
   * @param groups how many there are; the channels must be a multiple
   * @param eps not negative; with 0 equal numbers have the derivative 0
   * @throws ShapeException if there is no axis 1, the channels are no multiple of the groups, or
   *     weight or bias are not {@code [channels]}
   */
  default Tensor groupNorm(int groups, Tensor weight, Tensor bias, double eps) {
    Tensor x = self();
    requireChannels("groupNorm", x, "weight", weight);
    requireChannels("groupNorm", x, "bias", bias);
    int[] dims = x.shape().toArray();
    if (groups < 1 || dims[1] % groups != 0) {
      throw new ShapeException(
          "groupNorm: the input is "
              + x.shape()
              + " with "
              + dims[1]
              + " channels, no multiple of "
              + groups
              + " groups; give a divisor of the channels");
    }
    int size = dims[1] / groups * Compute.product(x.shape(), 2, dims.length);
    Tensor grouped = x.reshape(dims[0], groups, size);
    return Standardizing.of("groupNorm", grouped, 0, 2, true, eps)
        .value()
        .reshape(x.shape())
        .mul(column(weight, x))
        .add(column(bias, x));
  }

  /**
   * Returns the vectors along an axis, brought to length 1: {@code a / ‖a‖}. A vector of zeros has
   * no direction: it stays, with the derivative 0. Derivative: {@code (g - y Σ g y) / ‖a‖}.
   */
  @Domain(except = 0)
  default Tensor normalize(int axis) {
    return unit("normalize", self(), axis);
  }

  /**
   * Returns the cosines of the angles between the vectors along an axis, which disappears: {@code Σ
   * a b / (‖a‖ ‖b‖)}; all other axes broadcast. With a vector of zeros it is 0, and has the
   * derivative 0. Derivative: with unit vectors u and v, {@code g (v - cos u) / ‖a‖}, and likewise
   * in b.
   *
   * @param axis of this tensor; from the end it is the same in both
   * @throws ShapeException if the axis has different sizes, or other axes do not broadcast
   */
  @Domain(except = 0)
  default Tensor cosineSimilarity(int axis, Tensor b) {
    Tensor a = self();
    Checks.sameFloating("cosineSimilarity", a, b);
    int along = Checks.axis("cosineSimilarity", axis, a.shape()) - a.rank();
    Checks.axis("cosineSimilarity", along, b.shape());
    if (a.shape().dim(along) != b.shape().dim(along)) {
      throw new ShapeException(
          "cosineSimilarity: left is "
              + a.shape()
              + " and right is "
              + b.shape()
              + "; the vectors along axis "
              + along
              + " must have equal length");
    }
    Checks.broadcast("cosineSimilarity", a.shape(), b.shape());
    Tensor products = unit("cosineSimilarity", a, along).mul(unit("cosineSimilarity", b, along));
    return products.sum(along);
  }

  private static Tensor unit(String op, Tensor a, int axis) {
    Checks.floating(op, a.dtype());
    int along = Checks.axis(op, axis, a.shape());
    int last = a.rank() - 1;
    if (along > 0 && along < last) {
      return unit(op, a.transpose(along, last), last).transpose(along, last);
    }
    Normalized standard =
        along == last
            ? Standardizing.of(op, a, 0, last, false, 0)
            : Standardizing.of(op, a, 1, last + 1, false, 0);
    return standard.value().div(Math.sqrt(a.shape().dim(along)));
  }

  private static int rowAxes(String op, Tensor x, Tensor weight) {
    Checks.sameFloating(op, x, weight);
    int rows = x.rank() - weight.rank();
    boolean fits = weight.rank() > 0 && rows >= 0;
    for (int axis = 1; fits && axis <= weight.rank(); axis++) {
      fits = x.shape().dim(-axis) == weight.shape().dim(-axis);
    }
    if (!fits) {
      throw new ShapeException(
          op
              + ": the input is "
              + x.shape()
              + " and the weight "
              + weight.shape()
              + "; the weight must have the sizes of the last axes, those to be normalised");
    }
    return rows;
  }

  private static void requireAlike(String op, Tensor weight, Tensor bias) {
    Checks.sameType(op, weight, bias);
    Checks.sameShape(op, "the weight", weight.shape(), "the bias", bias.shape());
  }

  private static void requireChannels(String op, Tensor x, String name, Tensor perChannel) {
    Checks.sameFloating(op, x, perChannel);
    if (x.rank() < 2) {
      throw new ShapeException(
          op + ": the input is " + x.shape() + "; it must be [n, channels, ...]");
    }
    if (perChannel.rank() != 1 || perChannel.size() != x.shape().dim(1)) {
      throw new ShapeException(
          op
              + ": the input is "
              + x.shape()
              + " and the "
              + name
              + " "
              + perChannel.shape()
              + "; it must be ["
              + x.shape().dim(1)
              + "], one per channel");
    }
  }

  /** Returns one number per channel, so that it broadcasts along axis 1. */
  private static Tensor column(Tensor perChannel, Tensor x) {
    int[] dims = new int[x.rank() - 1];
    Arrays.fill(dims, 1);
    dims[0] = perChannel.size();
    return perChannel.reshape(Shape.of(dims));
  }
}
