package dev.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The hooks of one kind on one tensor, in order of registration; documented where they are public,
 * on {@link Hooking}.
 *
 * <p>The list is replaced, never changed: a sweep calls the hooks it found when the gradient was
 * complete, except those removed meanwhile. Registering and removing is safe from any thread.
 */
final class Hooks {

  private volatile List<Hook> hooks = List.of();

  static Hook replaceGrad(Tensor tensor, UnaryOperator<Tensor> hook) {
    return add(details("replaceGrad", tensor).onGradient(), tensor, hook);
  }

  static Hook observeGrad(Tensor tensor, Consumer<Tensor> hook) {
    return add(details("observeGrad", tensor).onGradient(), tensor, observing(hook));
  }

  static Hook afterBackward(Tensor tensor, Consumer<Tensor> hook) {
    Details details = details("afterBackward", tensor);
    if (tensor.vertex() instanceof Operation) {
      throw new IllegalStateException(
          "afterBackward: "
              + tensor.describe()
              + " is no leaf, where sums of gradients are stored; use observeGrad");
    }
    return add(details.afterBackward(), tensor, observing(hook));
  }

  private static Details details(String asked, Tensor tensor) {
    // The hooks of a frozen parameter wait for unfreeze().
    if (!tensor.requiresGrad() && !(tensor instanceof Parameter)) {
      throw new NotTrackedException(
          asked + ": " + tensor.describe() + " is not tracked; call withGrad() on an input first");
    }
    return tensor.vertex().sharedDetails();
  }

  private static UnaryOperator<Tensor> observing(Consumer<Tensor> hook) {
    return g -> {
      hook.accept(g);
      return g;
    };
  }

  /** Adds a hook, but not a second time where a function is only recomputed. */
  private static Hook add(Hooks hooks, Tensor tensor, UnaryOperator<Tensor> hook) {
    return (Replay.repeatsOver(tensor.vertex()) ? new Hooks() : hooks).add(hook);
  }

  private synchronized Hook add(UnaryOperator<Tensor> function) {
    Hook hook = new Hook(this, function);
    List<Hook> longer = new ArrayList<>(hooks);
    longer.add(hook);
    hooks = longer;
    return hook;
  }

  synchronized void drop(Hook hook) {
    hooks = hooks.stream().filter(other -> other != hook).toList();
  }

  /**
   * Hands a gradient through the hooks and returns what they leave of it.
   *
   * @param who the call and whose gradient it is, for messages
   * @param consequence what a failing hook has led to, for messages
   * @param record whether the sweep itself is recorded
   */
  Tensor pass(String who, String consequence, boolean record, Tensor gradient) {
    Tensor passed = gradient;
    for (Hook hook : hooks) {
      UnaryOperator<Tensor> function = hook.function();
      if (function != null) {
        Tensor given = passed;
        passed = PullbackException.wrapping(who, consequence, () -> function.apply(given));
        check(who, given, passed, record);
      }
    }
    return passed;
  }

  private static void check(String who, Tensor given, Tensor returned, boolean record) {
    if (returned == null) {
      throw new IllegalStateException(
          who + " returned null; return the gradient itself to leave it as it is");
    }
    if (!returned.shape().equals(given.shape())) {
      throw new ShapeException(
          who
              + " returned "
              + returned.shape()
              + " for a gradient of shape "
              + given.shape()
              + "; the shapes must be equal");
    }
    if (returned.dtype() != given.dtype()) {
      throw new DTypeException(
          who
              + " returned "
              + returned.dtype()
              + " for a gradient of "
              + given.dtype()
              + "; convert it with to("
              + given.dtype()
              + ")");
    }
    if (record && given.requiresGrad() && !returned.requiresGrad()) {
      throw new IllegalStateException(
          who
              + " returned a tensor that was not computed from the gradient by tensor operations,"
              + " so its derivative would silently be zero; write it in tensor operations, or"
              + " return g.mul(0) for a gradient that is zero");
    }
  }
}
