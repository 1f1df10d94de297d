package dev.autograd.examples.points;

import dev.autograd.Activation;
import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Sequential;
import java.util.random.RandomGenerator;

/**
 * What a network expects, and how sure it is: it has two outputs, a mean and what becomes a
 * variance, and learns both by the likelihood of what was measured.
 *
 * <p>Source: Nix and Weigend, Estimating the mean and variance of the target probability
 * distribution, 1994.
 *
 * @param mean {@code [n, 1]}
 * @param variance positive, {@code [n, 1]}
 */
public record Forecast(Tensor mean, Tensor variance) {

  private static final int HIDDEN = 32;
  private static final double LEAST_VARIANCE = 1e-4;

  /** Returns a network with one input and two outputs. */
  public static Sequential network(RandomGenerator random) {
    return Sequential.of(
        Dense.of(1, HIDDEN, random).activation(Activation.TANH),
        Dense.of(HIDDEN, HIDDEN, random).activation(Activation.TANH),
        Dense.of(HIDDEN, 2, random));
  }

  /** Returns what the outputs of a network mean, {@code [n, 2]}. */
  public static Forecast of(Tensor outputs) {
    // softplus makes any number a positive one, smoothly.
    Tensor variance = outputs.slice(1, 1, 2).softplus().add(LEAST_VARIANCE);
    return new Forecast(outputs.slice(1, 0, 1), variance);
  }

  /** Returns the negative log-likelihood of measurements {@code [n, 1]}, a scalar. */
  public Tensor loss(Tensor y) {
    return Losses.gaussianNll(mean, y, variance);
  }

  /** Returns the standard deviation, {@code [n, 1]}. */
  public Tensor deviation() {
    return variance.sqrt();
  }
}
