package dev.autograd.examples.points;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.random.RandomGenerator;

/**
 * Measurements of a sine whose errors grow from the left to the right.
 *
 * @param x where it was measured, {@code [n, 1]}
 * @param y what was measured, {@code [n, 1]}
 */
public record NoisySine(Tensor x, Tensor y) {

  /** The largest x; the smallest is its opposite. */
  public static final double END = 3;

  private static final double LEAST_NOISE = 0.05;
  private static final double GROWTH = 0.05;

  /** Returns measurements at places drawn by lot. */
  public static NoisySine measure(int n, RandomGenerator random) {
    Tensor x = Tensor.uniform(random, DType.F64, n, 1).mul(2 * END).sub(END);
    Tensor errors = Tensor.normal(random, DType.F64, n, 1).mul(noise(x));
    return new NoisySine(x, mean(x).add(errors));
  }

  /** Returns what is measured on average: {@code sin(2x)}. */
  public static Tensor mean(Tensor x) {
    return x.mul(2).sin();
  }

  /** Returns the standard deviation of the errors, from 0.05 to 0.35. */
  public static Tensor noise(Tensor x) {
    return x.add(END).mul(GROWTH).add(LEAST_NOISE);
  }
}
