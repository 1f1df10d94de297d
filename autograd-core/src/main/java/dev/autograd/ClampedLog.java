package dev.autograd;

import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Unary;

/**
 * The logarithm that losses of probabilities use, {@code max(log a, -100)}: a probability of 0 has
 * a large loss, but a finite one. The slope is 0 where the clamp holds, as for every clamped
 * function.
 */
final class ClampedLog {

  private ClampedLog() {}

  static Tensor of(Tensor a) {
    return a.record("clampedLog", Compute.map(Unary.LOG_CLAMPED, a), g -> grad(g, a));
  }

  /** Returns the gradient in x of that logarithm, g where it has the gradient g. */
  static Tensor grad(Tensor g, Tensor x) {
    return g.record(
        "clampedLogGrad",
        Compute.zip(Binary.LOG_CLAMPED_GRAD, g, x),
        h -> grad(h, x),
        x,
        h -> grad(grad(GradientProduct.of(h, g), x), x).neg());
  }
}
