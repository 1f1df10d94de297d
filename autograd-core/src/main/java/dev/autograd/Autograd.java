package dev.autograd;

import dev.autograd.kernel.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives as values: nothing here reads or writes a tensor's {@link Tensor#grad()}, but {@link
 * #backward}.
 */
public final class Autograd extends FunctionTransforms {

  private Autograd() {}

  /**
   * Returns the gradient of a one-element output with respect to any tensor it was computed from,
   * leaf or not: {@code ∂y/∂x}, of x's shape. Releases the graph.
   *
   * @throws NotTrackedException if either is not tracked, or y does not depend on x
   * @throws ShapeException if y has not exactly one element
   */
  public static Tensor grad(Tensor y, Tensor x) {
    return grad(y, x, GradOptions.defaults());
  }

  /**
   * Returns the gradient with options: a seed for outputs of several elements, {@link
   * GradOptions#createGraph()} for gradients that can be differentiated again.
   */
  public static Tensor grad(Tensor y, Tensor x, GradOptions options) {
    return gradients(y, List.of(x), options).of(x);
  }

  /**
   * Returns the gradients of a one-element output with respect to several tensors, in one sweep.
   */
  public static Gradients grad(Tensor y, Tensor x1, Tensor x2, Tensor... more) {
    List<Tensor> inputs = new ArrayList<>(List.of(x1, x2));
    inputs.addAll(Arrays.asList(more));
    return gradients(y, inputs, GradOptions.defaults());
  }

  /**
   * Returns the gradients of a one-element output with respect to several tensors, in one sweep. A
   * frozen {@link Parameter} in the list is left out and not reached, so that a partly frozen model
   * is differentiated through the same list; named singly, it is an error.
   */
  public static Gradients grad(Tensor y, Iterable<? extends Tensor> xs) {
    return grad(y, xs, GradOptions.defaults());
  }

  /** Returns the gradients with respect to several tensors, with options. */
  public static Gradients grad(Tensor y, Iterable<? extends Tensor> xs, GradOptions options) {
    List<Tensor> inputs = new ArrayList<>();
    xs.forEach(inputs::add);
    return gradients(y, inputs, options, input -> options.toleratesUnused() || isFrozen(input));
  }

  private static Gradients gradients(Tensor y, List<Tensor> inputs, GradOptions options) {
    return gradients(y, inputs, options, input -> options.toleratesUnused());
  }

  private static boolean isFrozen(Tensor input) {
    return input instanceof Parameter parameter && parameter.frozen();
  }

  private static Gradients gradients(
      Tensor y, List<Tensor> inputs, GradOptions options, Predicate<Tensor> mayBeUnused) {
    List<Vertex> targets = new ArrayList<>(inputs.size());
    for (Tensor input : inputs) {
      if (!input.requiresGrad() && !mayBeUnused.test(input)) {
        throw new NotTrackedException(
            "grad: the input "
                + input.describe()
                + " is not tracked; call withGrad() on it before the computation"
                + (input instanceof Parameter ? ", or unfreeze() this parameter" : ""));
      }
      targets.add(input.vertex());
    }
    @Nullable Tensor[] found = Sweep.gradients(y, targets, options);
    for (int i = 0; i < found.length; i++) {
      if (found[i] == null && !mayBeUnused.test(inputs.get(i))) {
        throw new NotTrackedException(
            "grad: the output does not depend on input "
                + i
                + ", "
                + inputs.get(i).describe()
                + "; leave it out, or allow it with GradOptions…allowUnused()");
      }
    }
    return new Gradients(Collections.unmodifiableList(inputs), Arrays.asList(found));
  }

  /**
   * Adds the gradient of the sum of several one-element outputs to the leaves, in one sweep over
   * what they share; an output listed twice counts twice.
   */
  public static void backward(Iterable<Tensor> roots) {
    List<Tensor> list = new ArrayList<>();
    roots.forEach(list::add);
    if (list.isEmpty()) {
      throw new IllegalArgumentException("backward: there is no output; pass at least one");
    }
    Sweep.backward(list, GradOptions.defaults());
  }

  /**
   * Returns a loss and its gradients with respect to the given tensors. The loss is evaluated once,
   * in a tape of its own, and what is returned outlives it.
   */
  public static ValueAndGradients valueAndGrad(
      Supplier<Tensor> loss, Iterable<? extends Tensor> xs) {
    return Tape.scope(
        () -> {
          Tensor y = Recorder.withRecording(true, loss);
          return new ValueAndGradients(y.item(), grad(y, xs));
        });
  }

  /**
   * Returns {@code f(x)} without keeping what is computed on the way: a sweep that needs the
   * gradient runs f again (gradient checkpointing). It costs one more evaluation of f, and the
   * memory of what f returns instead of all it computes: a chain of n layers in √n pieces of √n
   * layers each holds about 2 √n results at a time instead of n. Values have the same bits as
   * without, and so have gradients, unless one tensor that f reads is computed from another one
   * that it reads: then sums are added in another order.
   *
   * <p>f may read any tensor it closes over, such as a layer's parameters; they get their gradients
   * too. It must do the same when it runs again, which is checked: it must not depend on anything
   * that changes, and draw random state through {@link Replay#draw}, as {@code Dropout} does. Under
   * {@link GradOptions#createGraph()} what the second run computes is kept. Pieces nest.
   *
   * <p>Source: Griewank and Walther, Algorithm 799: Revolve, ACM Transactions on Mathematical
   * Software 26, 2000; Chen, Xu, Zhang and Guestrin, Training deep nets with sublinear memory cost,
   * 2016.
   *
   * <p>A sweep throws IllegalStateException if f did not do the same again, {@link
   * PullbackException} if it failed, and {@link StaleValueException} if a parameter it reads was
   * updated in between.
   */
  public static Tensor recompute(UnaryOperator<Tensor> f, Tensor x) {
    return Recomputation.of(() -> f.apply(x));
  }

  /** Returns {@code f(a, b)} without keeping what is computed on the way, as for one tensor. */
  public static Tensor recompute(BinaryOperator<Tensor> f, Tensor a, Tensor b) {
    return Recomputation.of(() -> f.apply(a, b));
  }

  /**
   * Returns what f computes from any number of tensors it closes over, without keeping what is
   * computed on the way, as for one tensor.
   */
  public static Tensor recompute(Supplier<Tensor> f) {
    return Recomputation.of(f);
  }

  /** Returns what the code returns; nothing in it is recorded. The mode is this thread's alone. */
  public static <T> T noGrad(Supplier<T> code) {
    return Recorder.current().ignoresStop() ? code.get() : Recorder.withRecording(false, code);
  }

  /**
   * Returns what the code returns; large kernels in it are computed by this thread alone, without
   * helpers: for each of several threads that divide work among themselves, so that there are not
   * more at work than meant. Results have the same bits either way.
   */
  public static <T> T onOneThread(Supplier<T> code) {
    return Threads.alone(code);
  }

  /** Runs code in which nothing is recorded. */
  public static void noGrad(Runnable code) {
    noGrad(
        () -> {
          code.run();
          return Boolean.TRUE;
        });
  }
}
