package dev.autograd.check;

import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Holds the derivatives of a function against central differences of its values, element by
 * element.
 *
 * <pre>{@code
 * GradientCheck.of(Tensor::tanh).at(x).assertPasses();
 * GradientCheck.of((a, b) -> a.matmul(b)).at(a, b).order(2).assertPasses();
 * GradientCheck.of(() -> Losses.mse(model.forward(x), t)).at(model.parameters()).assertPasses();
 * }</pre>
 *
 * <p><b>What is compared.</b> Outputs of any shape are summed with random weights, drawn from the
 * {@link #seed}, so that a gradient that is right only for an upstream gradient of ones is found
 * out. {@code order(2)} then checks the gradient, as a function of all inputs and of the upstream
 * gradient, in the same way: a sweep through a sweep recorded with {@code createGraph} against
 * differences of plain sweeps. That includes the mixed terms.
 *
 * <p><b>Tolerance.</b> A derivative may be off by the sum of
 *
 * <ul>
 *   <li>1e-8 of itself (see {@link #tolerance});
 *   <li>what rounding does to the difference: the noise of the function, which is measured before
 *       (see Moré and Wild 2011), over the step;
 *   <li>if it is still off, the distance to the difference of twice the step, which is three times
 *       the truncation error.
 * </ul>
 *
 * The step is the cube root of the machine epsilon times the element's magnitude, larger where
 * rounding would drown the difference and smaller where the function bends too much for it. On
 * well-scaled functions all this comes to little more than 1e-8 of the derivative. Where the
 * function is so flat that its derivative is less than the tolerance, as tanh beyond 12, no
 * difference can tell even the sign: the report counts such elements as undecided, and they pass.
 *
 * <p>At a kink a difference is the mean of the slopes on both sides. A derivative that is not that
 * mean fails, and the report says that there is a kink.
 *
 * <p><b>What is touched.</b> Nothing: functions run on fresh leaves, in tapes of their own, and
 * leave no {@link Tensor#grad()}. Only {@link #of(Supplier)} changes parameters while it runs; it
 * restores them, also when the function throws, to the bit; their versions rise. The function runs
 * at least twice per element, on this thread.
 *
 * <p>A check is immutable; every method returns a new one.
 */
public final class GradientCheck {

  private static final Tolerance DEFAULT_TOLERANCE = new Tolerance(1e-8, 0);

  private static final long DEFAULT_SEED = 42;

  /** How many tensors a function is given: this many, or any number. */
  private enum Arity {
    NONE,
    ONE,
    TWO,
    ANY
  }

  private final Arity arity;
  private final Function<List<Tensor>, Tensor> function;
  private final List<Tensor> inputs;
  private final int order;
  private final long seed;
  private final Tolerance tolerance;

  private GradientCheck(
      Arity arity,
      Function<List<Tensor>, Tensor> function,
      List<Tensor> inputs,
      int order,
      long seed,
      Tolerance tolerance) {
    this.arity = arity;
    this.function = function;
    this.inputs = inputs;
    this.order = order;
    this.seed = seed;
    this.tolerance = tolerance;
  }

  private static GradientCheck of(Arity arity, Function<List<Tensor>, Tensor> function) {
    return new GradientCheck(arity, function, List.of(), 1, DEFAULT_SEED, DEFAULT_TOLERANCE);
  }

  /**
   * Returns a check of a function that reads parameters: a model's loss, say. Its inputs are the
   * {@link Parameter}s given to {@link #at(Iterable)}, whose values change while the check runs.
   */
  public static GradientCheck of(Supplier<Tensor> function) {
    return of(Arity.NONE, none -> function.get());
  }

  /** Returns a check of a function of one tensor, also {@code Tensor::tanh}. */
  public static GradientCheck of(UnaryOperator<Tensor> function) {
    return of(Arity.ONE, inputs -> function.apply(inputs.get(0)));
  }

  /** Returns a check of a function of two tensors, also {@code Tensor::matmul}. */
  public static GradientCheck of(BinaryOperator<Tensor> function) {
    return of(Arity.TWO, inputs -> function.apply(inputs.get(0), inputs.get(1)));
  }

  /**
   * Returns a check of a function of any number of tensors, which it gets in the order of {@code
   * at}.
   */
  public static GradientCheck ofList(Function<List<Tensor>, Tensor> function) {
    return of(Arity.ANY, function);
  }

  /** Returns this check at other inputs; see {@link #at(Iterable)}. */
  public GradientCheck at(Tensor... inputs) {
    return at(List.of(inputs));
  }

  /**
   * Returns this check at other inputs: F64 tensors, one per argument of the function, tracked or
   * not; parameters for {@link #of(Supplier)}.
   */
  public GradientCheck at(Iterable<? extends Tensor> inputs) {
    List<Tensor> list = new ArrayList<>();
    inputs.forEach(list::add);
    return new GradientCheck(arity, function, List.copyOf(list), order, seed, tolerance);
  }

  /**
   * Returns this check up to another order of the derivative.
   *
   * @param order 1, or 2 for both
   */
  public GradientCheck order(int order) {
    if (order != 1 && order != 2) {
      throw new IllegalArgumentException(
          "order: "
              + order
              + " cannot be checked, only 1 and 2; for more, check a function that computes the"
              + " gradient with createGraph");
    }
    return new GradientCheck(arity, function, inputs, order, seed, tolerance);
  }

  /** Returns this check with another seed for the weights of the outputs; the report prints it. */
  public GradientCheck seed(long seed) {
    return new GradientCheck(arity, function, inputs, order, seed, tolerance);
  }

  /**
   * Returns this check with another tolerance, for functions that are less accurate than F64
   * rounding.
   *
   * @param relative the part of a derivative by which it may be off, 1e-8 if not set
   * @param absolute what it may be off on top, 0 if not set
   */
  public GradientCheck tolerance(double relative, double absolute) {
    if (!(relative >= 0 && absolute >= 0)) {
      throw new IllegalArgumentException(
          "tolerance: relative is "
              + relative
              + " and absolute "
              + absolute
              + "; both must be 0 or more");
    }
    return new GradientCheck(
        arity, function, inputs, order, seed, new Tolerance(relative, absolute));
  }

  /**
   * Runs the check and throws if it fails.
   *
   * @throws GradientCheckError with the report, the first line of which is a summary
   * @throws IllegalArgumentException if the check cannot be made; see {@link #check()}
   */
  public void assertPasses() {
    GradientReport report = check();
    if (!report.passed()) {
      throw new GradientCheckError(report.toString());
    }
  }

  /**
   * Runs the check and returns what it found. An input that no gradient reaches counts as one with
   * derivatives of 0. A derivative that is not finite fails.
   *
   * @throws IllegalArgumentException if the check cannot be made: inputs or outputs that are not
   *     F64 or not finite, a function that gives different results for the same inputs, or whose
   *     output has another shape for other values
   * @throws dev.autograd.NotTrackedException if the output is not tracked
   * @throws RuntimeException what the function throws at the given inputs
   */
  public GradientReport check() {
    requireRecording();
    requireCount();
    if (arity == Arity.NONE) {
      return checkInPlace();
    }
    List<Block> blocks = Inputs.blocks(inputs);
    return check(new FreshLeaves(function, blocks), blocks);
  }

  /** Returns if this thread records operations. */
  static void requireRecording() {
    boolean recording = Tape.scope(() -> Tensor.scalar(1).withGrad().identity().requiresGrad());
    if (!recording) {
      throw new IllegalStateException(
          "gradient check: recording is switched off, so no function has a gradient; run the check"
              + " outside Autograd.noGrad");
    }
  }

  private void requireCount() {
    int given = inputs.size();
    boolean fits =
        switch (arity) {
          case ONE -> given == 1;
          case TWO -> given == 2;
          case NONE, ANY -> given > 0;
        };
    if (!fits) {
      String wanted =
          switch (arity) {
            case ONE -> "takes one tensor";
            case TWO -> "takes two tensors";
            case NONE -> "needs the parameters it shall be differentiated by";
            case ANY -> "needs at least one tensor";
          };
      throw new IllegalArgumentException(
          "gradient check: the function "
              + wanted
              + " and at(...) names "
              + given
              + (arity == Arity.NONE ? "" : "; functions of any number of tensors go to ofList"));
    }
  }

  private GradientReport checkInPlace() {
    List<Parameter> parameters = Inputs.parameters(inputs);
    List<Block> blocks = Inputs.blocks(parameters);
    ParametersInPlace subject = new ParametersInPlace(() -> function.apply(List.of()), parameters);
    try {
      return check(subject, blocks);
    } finally {
      subject.restore(Block.valuesOf(blocks));
    }
  }

  private GradientReport check(Subject subject, List<Block> blocks) {
    subject.runElsewhere(Block.valuesOf(blocks));
    FirstDerivative first = new FirstDerivative(subject, blocks);
    DifferenceCheck firstCheck = new DifferenceCheck(first, 1, tolerance, seed);
    List<CheckedInput> checked = new ArrayList<>(firstCheck.run());
    if (order == 2 && checked.stream().allMatch(CheckedInput::passed)) {
      SecondDerivative second = new SecondDerivative(subject, first, upstream(first));
      checked.addAll(new DifferenceCheck(second, 2, tolerance, seed).run());
    }
    return new GradientReport(order, seed, checked);
  }

  /**
   * Returns the upstream gradient of the second order: 1 for a single output, which keeps its
   * figures.
   */
  private double[] upstream(FirstDerivative first) {
    int size = first.outputs().shape().size();
    Random random = new Random(seed);
    return size == 1
        ? new double[] {1}
        : random.doubles(size, -1.5, 1.5).map(u -> u + Math.copySign(0.5, u)).toArray();
  }
}
