package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From a function to its derivatives, as statics that {@link Autograd} inherits. The transforms
 * nest, to any depth and in any order: a result is tracked exactly if recording is on and the
 * point, a direction, or something the function has closed over is tracked.
 */
abstract sealed class FunctionTransforms permits Autograd {

  /**
   * Returns the derivative of a function as a function: {@code x -> ∂f/∂x}. {@code grad(grad(f))}
   * is the second derivative.
   */
  public static UnaryOperator<Tensor> grad(UnaryOperator<Tensor> f) {
    return x -> valueAndGrad(f, x).grad();
  }

  /** Returns a function's value and gradient at x; f is called once. */
  public static ValueAndGrad valueAndGrad(UnaryOperator<Tensor> f, Tensor x) {
    Evaluation at = Evaluation.of(f, x);
    Tensor gradient = at.pull(at.options());
    return new ValueAndGrad(at.isTracked() ? at.y() : at.y().detach(), gradient);
  }

  /**
   * Returns the vector-Jacobian product of a function: {@code uᵀ ∂f/∂x}, of x's shape. One sweep.
   *
   * @param upstream u, of the shape of f(x)
   * @throws ShapeException if it has another shape
   */
  public static Tensor vjp(UnaryOperator<Tensor> f, Tensor x, Tensor upstream) {
    return Evaluation.of(f, x).pull(upstream);
  }

  /**
   * Returns the Jacobian-vector product of a function: {@code ∂f/∂x v}, the derivative of f along
   * v, of the shape of f(x). Two sweeps: {@code uᵀ ∂f/∂x} is linear in u, and its derivative with
   * respect to u along v is this product.
   *
   * @param direction v, of x's shape
   * @throws ShapeException if it has another shape
   */
  public static Tensor jvp(UnaryOperator<Tensor> f, Tensor x, Tensor direction) {
    requireLike("jvp", x, direction);
    Evaluation at = Evaluation.of(f, x);
    Tensor u = Factories.full(at.y().dtype(), 0, at.y().shape()).withGrad();
    GradOptions recorded = GradOptions.createGraph().seed(u);
    Tensor product = Autograd.grad(at.y(), at.variable(), recorded);
    return at.linkedIfConstant(Autograd.grad(product, u, at.options(direction).allowUnused()));
  }

  /**
   * Returns the Hessian-vector product of a one-element function: {@code ∂²f/∂x² v}, of x's shape.
   * Two sweeps, whatever the size of x.
   *
   * @param direction v, of x's shape
   * @throws ShapeException if it has another shape
   */
  public static Tensor hvp(UnaryOperator<Tensor> f, Tensor x, Tensor direction) {
    requireLike("hvp", x, direction);
    return vjp(grad(f), x, direction);
  }

  /**
   * Returns the Hessian of a one-element function at x as a linear function {@code v -> ∂²f/∂x² v},
   * for solvers that need many products: f is called once, and each product is one sweep over the
   * recorded gradient, which the returned function holds.
   */
  public static UnaryOperator<Tensor> hvp(UnaryOperator<Tensor> f, Tensor x) {
    Evaluation gradient = Evaluation.of(grad(f), x);
    return direction -> {
      requireLike("hvp", x, direction);
      Evaluation now = gradient.asRecordedNow();
      GradOptions options = now.options(direction);
      return now.pull(options.recordsSweep() ? options : GradOptions.retainGraph().seed(direction));
    };
  }

  /**
   * Returns the Hessian-vector product of a loss with respect to several tensors: for each the
   * derivative of {@code Σ gᵢ · vᵢ}, with g the gradients of the loss. Two sweeps; the loss is
   * evaluated once, in a tape of its own. What it does not depend on gets zeros.
   *
   * @param direction v, by the tensors to differentiate by, such as the gradients that {@link
   *     Autograd#grad(Tensor, Iterable)} returns for them
   */
  public static Gradients hvp(Supplier<Tensor> loss, Gradients direction) {
    return Tape.scope(() -> Recorder.withRecording(true, () -> product(loss.get(), direction)));
  }

  private static Gradients product(Tensor y, Gradients direction) {
    List<Tensor> inputs = direction.inputs();
    Gradients first = Autograd.grad(y, inputs, GradOptions.createGraph().allowUnused());
    return inputs.stream()
        .distinct()
        .filter(input -> first.of(input).requiresGrad())
        .map(input -> first.of(input).chain(direction.of(input)).sum())
        .reduce(Tensor::add)
        .map(sum -> Autograd.grad(sum, inputs, GradOptions.retainGraph().allowUnused()))
        .orElseGet(() -> new Gradients(inputs, nothing(inputs.size())));
  }

  private static List<@Nullable Tensor> nothing(int count) {
    return Arrays.asList(new @Nullable Tensor[count]);
  }

  /**
   * Returns all partial derivatives of a function: element {@code [i…, j…]} is {@code ∂f[i…] /
   * ∂x[j…]}, so that the shape is that of f(x) followed by x's. f is called once; one sweep per
   * element of f(x).
   */
  public static Tensor jacobian(UnaryOperator<Tensor> f, Tensor x) {
    Evaluation at = Evaluation.of(f, x);
    Shape rows = at.y().shape();
    int[] dims = Arrays.copyOf(rows.toArray(), rows.rank() + x.rank());
    System.arraycopy(x.shape().toArray(), 0, dims, rows.rank(), x.rank());
    if (rows.size() == 0) {
      return Factories.full(x.dtype(), 0, Shape.of(dims));
    }
    GradOptions options = at.isTracked() ? GradOptions.createGraph() : GradOptions.retainGraph();
    List<Tensor> gradients =
        IntStream.range(0, rows.size())
            .mapToObj(i -> at.pull(options.seed(unit(at.y(), i))))
            .toList();
    return Tensor.stack(0, gradients).reshape(dims);
  }

  /** Returns zeros of a tensor's shape with a 1 at one place. */
  private static Tensor unit(Tensor like, int place) {
    double[] values = new double[like.size()];
    values[place] = 1;
    NdArray exact = new NdArray(like.shape(), DType.F64, values);
    return Allocation.tensor(exact.to(like.dtype()));
  }

  /**
   * Returns all second derivatives of a one-element function, of the shape of x twice: {@code [i…,
   * j…]} is {@code ∂²f / ∂x[i…] ∂x[j…]}. f is called once; one sweep per element of x, after the
   * one for the gradient.
   */
  public static Tensor hessian(UnaryOperator<Tensor> f, Tensor x) {
    return jacobian(grad(f), x);
  }

  /**
   * Returns the gradients of a loss for each example of a batch by itself: for a tensor {@code [m,
   * n]} and b examples {@code [b, m, n]}. Their mean is the gradient of the batch's mean loss. The
   * loss is evaluated once per example, on a batch of one, so the same function serves for both;
   * what is computed dies with its example.
   *
   * @param loss a one-element function of a batch
   * @param batch examples along its first axis
   * @param xs what to differentiate by
   * @throws ShapeException if the batch has no axis or no example
   */
  public static Gradients perExample(
      UnaryOperator<Tensor> loss, Tensor batch, Iterable<? extends Tensor> xs) {
    return perExample(i -> loss.apply(batch.slice(0, i, i + 1)), examples(batch), xs);
  }

  /**
   * Returns the gradients of a loss for each example of a batch with targets; see the form without.
   *
   * @throws ShapeException if there is not one target per example, along the first axis
   */
  public static Gradients perExample(
      BinaryOperator<Tensor> loss, Tensor batch, Tensor targets, Iterable<? extends Tensor> xs) {
    int count = examples(batch);
    if (targets.rank() == 0 || targets.shape().dim(0) != count) {
      throw new ShapeException(
          "perExample: the batch is "
              + batch.shape()
              + " and the targets "
              + targets.shape()
              + "; both need one row per example");
    }
    return perExample(
        i -> loss.apply(batch.slice(0, i, i + 1), targets.slice(0, i, i + 1)), count, xs);
  }

  private static int examples(Tensor batch) {
    if (batch.rank() == 0 || batch.shape().dim(0) == 0) {
      throw new ShapeException(
          "perExample: the batch is "
              + batch.shape()
              + "; it must have at least one example along its first axis");
    }
    return batch.shape().dim(0);
  }

  private static Gradients perExample(
      Function<Integer, Tensor> loss, int count, Iterable<? extends Tensor> xs) {
    List<Gradients> each =
        IntStream.range(0, count)
            .mapToObj(i -> Autograd.valueAndGrad(() -> loss.apply(i), xs).gradients())
            .toList();
    List<Tensor> inputs = each.get(0).inputs();
    List<@Nullable Tensor> stacked = new ArrayList<>();
    for (Tensor input : inputs) {
      stacked.add(Tensor.stack(0, each.stream().map(g -> g.of(input)).toList()));
    }
    return new Gradients(inputs, Collections.unmodifiableList(stacked));
  }

  private static void requireLike(String transform, Tensor x, Tensor direction) {
    Checks.sameType(transform, x, direction);
    Checks.sameShape(transform, "the point", x.shape(), "the direction", direction.shape());
  }
}
