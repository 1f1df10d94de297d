package dev.autograd.nn.optim;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.NoGradientException;
import dev.autograd.NotTrackedException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A loss as a function of the parameters that an algorithm trains.
 *
 * @param op what messages begin with
 * @param trained the parameters
 */
record Objective(String op, List<Parameter> trained) {

  /**
   * Returns the parameters that are not frozen.
   *
   * @throws NoGradientException if all are
   */
  List<Parameter> learning() {
    List<Parameter> learning = new ArrayList<>(trained.size());
    for (Parameter parameter : trained) {
      if (!parameter.frozen()) {
        learning.add(parameter);
      }
    }
    if (learning.isEmpty()) {
      throw new NoGradientException(
          op + ": all " + trained.size() + " parameters are frozen; unfreeze() one");
    }
    return learning;
  }

  /**
   * Returns the value of a loss, finite or not.
   *
   * @throws ShapeException if it has not exactly one element
   */
  double value(Tensor loss) {
    if (loss.size() != 1) {
      throw new ShapeException(
          op
              + ": the loss has shape "
              + loss.shape()
              + "; reduce it to one number with mean() or sum()");
    }
    return loss.item();
  }

  /**
   * Returns the gradients of a loss with respect to parameters, of which it reaches one at least.
   *
   * @throws NotTrackedException if it reaches none
   */
  Gradients gradients(Tensor loss, List<Parameter> learning) {
    Gradients gradients = Autograd.grad(loss, learning, GradOptions.defaults().allowUnused());
    if (!reachesAny(gradients, learning)) {
      throw new NotTrackedException(
          op
              + ": the loss depends on none of the "
              + learning.size()
              + " parameters that this optimiser trains; compute it from them, or pass others to"
              + " over(…)");
    }
    return gradients;
  }

  private static boolean reachesAny(Gradients gradients, List<Parameter> learning) {
    for (Parameter parameter : learning) {
      if (gradients.reached(parameter)) {
        return true;
      }
    }
    return false;
  }
}
