package dev.autograd.nn.optim;

import dev.autograd.Tensor;
import java.util.function.Supplier;

/** Something that makes a loss smaller by changing parameters. */
@FunctionalInterface
public interface Minimizer {

  /**
   * Changes the parameters so that the loss becomes smaller, and returns the loss as it was before.
   *
   * @param loss computes the loss, one number, from the current parameters; may be called several
   *     times
   */
  double minimize(Supplier<Tensor> loss);
}
