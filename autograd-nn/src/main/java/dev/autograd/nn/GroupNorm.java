package dev.autograd.nn;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.function.UnaryOperator;

/**
 * Group normalisation: {@code weight (x - mean) / √(variance + eps) + bias}, with the statistics of
 * each example over a group of neighbouring channels and all axes behind: {@code [n, channels, ...]
 * -> [n, channels, ...]}. It needs no batch, hence no mode.
 *
 * <p>The parameters are called {@code weight} and {@code bias}. Source: Wu and He, Group
 * normalization, ECCV 2018, section 3.
 *
 * @param groups how many groups there are
 * @param weight a factor per channel, {@code [channels]}
 * @param bias what is added per channel, {@code [channels]}
 * @param eps what is added to the variance, which is divided by n
 */
public record GroupNorm(int groups, Tensor weight, Tensor bias, double eps) implements ModeFree {

  /**
   * Checks that the parts fit.
   *
   * @throws dev.autograd.ShapeException if weight and bias are no vectors of equal length
   * @throws dev.autograd.DTypeException if the element types differ
   * @throws IllegalArgumentException if the groups do not divide the channels, or eps is negative
   *     or not finite
   */
  public GroupNorm {
    Arguments.requireRank("GroupNorm", "the weight", weight, 1, "[channels]");
    Arguments.requireShape("GroupNorm", "the bias", bias, weight.shape().toArray());
    Arguments.requireOneType("GroupNorm", weight, bias);
    Arguments.requireEpsilon("GroupNorm", eps);
    Arguments.requirePositive("GroupNorm", "groups", groups);
    if (weight.size() % groups != 0) {
      throw new IllegalArgumentException(
          "GroupNorm: there are "
              + weight.size()
              + " channels in "
              + groups
              + " groups; the channels must be a multiple of the groups");
    }
  }

  /** Returns an F64 layer: weight 1, bias 0, eps 1e-5. */
  public static GroupNorm of(int groups, int channels) {
    return of(DType.F64, groups, channels);
  }

  /** Returns a layer: weight 1, bias 0, eps 1e-5. */
  public static GroupNorm of(DType dtype, int groups, int channels) {
    return new GroupNorm(
        groups,
        Parameter.of("weight", Tensor.ones(dtype, channels)),
        Parameter.of("bias", Tensor.zeros(dtype, channels)),
        1e-5);
  }

  /** Returns a layer of the same parameters with another eps. */
  public GroupNorm eps(double value) {
    return new GroupNorm(groups, weight, bias, value);
  }

  /**
   * Returns the normalised examples.
   *
   * @throws dev.autograd.ShapeException if axis 1 of x has not the size of the weight
   */
  @Override
  public Tensor forward(Tensor x) {
    return x.groupNorm(groups, weight, bias, eps);
  }

  @Override
  public Parameters parameters() {
    return Parameters.of(weight, bias);
  }

  @Override
  public GroupNorm map(UnaryOperator<Tensor> f) {
    return new GroupNorm(groups, f.apply(weight), f.apply(bias), eps);
  }

  /** Returns sizes, type and eps, as in {@code GroupNorm(4 groups of 16, F64, eps 1.0E-5)}. */
  @Override
  public String toString() {
    return "GroupNorm("
        + groups
        + " groups of "
        + weight.size()
        + ", "
        + weight.dtype()
        + ", eps "
        + eps
        + ")";
  }
}
