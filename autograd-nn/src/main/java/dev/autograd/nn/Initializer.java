package dev.autograd.nn;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * How the weights of a layer start. The scaled ones keep the variance of activations, of gradients,
 * or of both about equal from layer to layer, for weights {@code [out, in, ...]}: with r the
 * product of the further sizes (1 for a matrix), the fan-in is {@code in · r}, the fan-out {@code
 * out · r}.
 *
 * <p>Numbers are drawn in row-major order and double precision, whatever the element type, so that
 * the F32 model of a seed is the rounded F64 model.
 */
@FunctionalInterface
public interface Initializer {

  /**
   * Returns starting values.
   *
   * @param random where randomness comes from; not used by constants
   * @param dtype F32 or F64
   * @param shape the shape of the weights
   * @throws ShapeException if the values are scaled by fans and the shape has fewer than two axes
   */
  Tensor draw(RandomGenerator random, DType dtype, Shape shape);

  /** Returns the initialiser with zeros, usual for biases. */
  static Initializer zeros() {
    return constant(0);
  }

  /** Returns the initialiser with one value everywhere. */
  static Initializer constant(double value) {
    return (random, dtype, shape) -> Tensor.full(dtype, value, shape.toArray());
  }

  /**
   * Returns the uniform distribution on [-bound, bound), of variance {@code bound² / 3}.
   *
   * @throws IllegalArgumentException if the bound is negative or not finite
   */
  static Initializer uniform(double bound) {
    requireScale("uniform", "bound", bound);
    return (random, dtype, shape) -> elements(dtype, shape, () -> symmetric(random, bound));
  }

  /**
   * Returns the normal distribution around 0.
   *
   * @param deviation the standard deviation
   * @throws IllegalArgumentException if the deviation is negative or not finite
   */
  static Initializer normal(double deviation) {
    requireScale("normal", "standard deviation", deviation);
    return (random, dtype, shape) ->
        elements(dtype, shape, () -> deviation * random.nextGaussian());
  }

  /**
   * Returns the uniform distribution with bound {@code √(6 / (fanIn + fanOut))}, for tanh and other
   * functions that are linear around 0; also called Xavier. Source: Glorot and Bengio,
   * Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010,
   * equation 16.
   */
  static Initializer glorotUniform() {
    return scaledUniform(fans -> 6.0 / (fans.in() + fans.out()));
  }

  /**
   * Returns the normal distribution with variance {@code 2 / (fanIn + fanOut)}; also called Xavier.
   * Source: Glorot and Bengio 2010, equation 12.
   */
  static Initializer glorotNormal() {
    return scaledNormal(fans -> 2.0 / (fans.in() + fans.out()));
  }

  /**
   * Returns the uniform distribution with bound {@code √(6 / fanIn)}, for relu; also called
   * Kaiming. Source: He, Zhang, Ren and Sun, Delving deep into rectifiers, ICCV 2015, section 2.2.
   */
  static Initializer heUniform() {
    return scaledUniform(fans -> 6.0 / fans.in());
  }

  /**
   * Returns the normal distribution with variance {@code 2 / fanIn}, for relu; also called Kaiming.
   * Source: He et al. 2015, equation 10.
   */
  static Initializer heNormal() {
    return scaledNormal(fans -> 2.0 / fans.in());
  }

  /**
   * Returns the uniform distribution with bound {@code √(3 / fanIn)}, of variance {@code 1 /
   * fanIn}. Source: LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998, section 4.6.
   */
  static Initializer lecunUniform() {
    return scaledUniform(fans -> 3.0 / fans.in());
  }

  /**
   * Returns the normal distribution with variance {@code 1 / fanIn}; for selu, too. Source: LeCun
   * et al. 1998, section 4.6; Klambauer et al., Self-normalizing neural networks, NeurIPS 2017.
   */
  static Initializer lecunNormal() {
    return scaledNormal(fans -> 1.0 / fans.in());
  }

  /**
   * Returns the uniform distribution with bound {@code 1 / √fanIn}, the default of PyTorch's linear
   * and convolution layers (there written as He's with the slope √5), and of {@link Dense}.
   */
  static Initializer fanInUniform() {
    return scaledUniform(fans -> 1.0 / fans.in());
  }

  private static Initializer scaledUniform(Fans.Scale squaredBound) {
    return (random, dtype, shape) ->
        uniform(Math.sqrt(squaredBound.of(Fans.of(shape)))).draw(random, dtype, shape);
  }

  private static Initializer scaledNormal(Fans.Scale variance) {
    return (random, dtype, shape) ->
        normal(Math.sqrt(variance.of(Fans.of(shape)))).draw(random, dtype, shape);
  }

  private static double symmetric(RandomGenerator random, double bound) {
    return (2 * random.nextDouble() - 1) * bound;
  }

  private static Tensor elements(DType dtype, Shape shape, DoubleSupplier next) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = next.getAsDouble();
    }
    return Tensor.wrap(shape, values).to(dtype);
  }

  private static void requireScale(String name, String what, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          name + ": the " + what + " is " + value + "; it must be finite and at least 0");
    }
  }
}
