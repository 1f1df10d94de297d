package dev.autograd.check;

import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Holds the derivatives of a function against differences of its values.
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
 * differences of plain sweeps. That includes the mixed terms. Higher orders go on from there.
 *
 * <p><b>With what.</b> Each derivative is compared with central differences over a step, its half
 * and its quarter, extrapolated twice (Richardson 1911; three levels leave about 1e-12 of a
 * well-scaled derivative). The step starts at 1/128 of the element's magnitude; it becomes longer
 * where rounding would drown the difference, and shorter where the function bends too much for it.
 * Two things bound the error of the result: how far the last extrapolation moved it, and what
 * rounding does to it, from the noise of the function, which is measured before (see Moré and Wild
 * 2011). A derivative may be off by that bound and by 1e-9 of itself (see {@link #tolerance}).
 * {@link Verdict} lists what may come out. The slopes to the left and to the right come from the
 * same evaluations, and tell kinks from errors.
 *
 * <p><b>How many.</b> Every element of an input of up to 1,000; larger ones are checked along
 * random directions, so many that an error of twice the tolerance is missed with a probability of
 * 1e-6 at most. {@link #directions}, {@link #missing} and {@link #everyElement} decide otherwise.
 *
 * <p><b>Single precision.</b> A function of F32 tensors is compared with its twin, the same
 * function of the same numbers as F64; where there is none, because it closes over F32 tensors or
 * reads F32 parameters, with differences of its own values over longer steps. Either way a
 * derivative may also be off by what moving the inputs by their rounding does to it, eight times.
 *
 * <p><b>If it fails</b>, every recorded operation is checked by itself at the values it was
 * recorded with, and the report names those whose own pullback is wrong, with the line that called
 * them.
 *
 * <p><b>What is touched.</b> Nothing stays changed: functions run on fresh leaves, in tapes of
 * their own, and leave no {@link Tensor#grad()}. Only {@link #of(Supplier)} changes parameters
 * while it runs; it restores them, also when the function throws, to the bit; their versions rise.
 * Random state that is drawn through {@link dev.autograd.Replay#draw}, as a dropout does, stays
 * what it was in the first run. The function runs some thirty times, and six times per element,
 * fifty times at a kink, on this thread.
 *
 * <p>A check is immutable; every method returns a new one.
 */
public final class GradientCheck {

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
  private final Settings settings;

  private GradientCheck(
      Arity arity,
      Function<List<Tensor>, Tensor> function,
      List<Tensor> inputs,
      Settings settings) {
    this.arity = arity;
    this.function = function;
    this.inputs = inputs;
    this.settings = settings;
  }

  private static GradientCheck of(Arity arity, Function<List<Tensor>, Tensor> function) {
    return new GradientCheck(arity, function, List.of(), Settings.DEFAULT);
  }

  private GradientCheck with(Settings other) {
    return new GradientCheck(arity, function, inputs, other);
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

  /**
   * Returns a check of a function of any number of tensors with any number of outputs, of one
   * element type, which are checked together; messages count their elements in a row.
   */
  public static GradientCheck ofOutputs(Function<List<Tensor>, List<Tensor>> function) {
    return of(Arity.ANY, inputs -> inARow(function.apply(inputs)));
  }

  private static Tensor inARow(List<Tensor> outputs) {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "gradient check: the function returned no outputs; return the tensors to differentiate");
    }
    return Tensor.concat(0, outputs.stream().map(output -> output.reshape(-1)).toList());
  }

  /** Returns this check at other inputs; see {@link #at(Iterable)}. */
  public GradientCheck at(Tensor... inputs) {
    return at(List.of(inputs));
  }

  /**
   * Returns this check at other inputs: tensors of floating type, one per argument of the function,
   * tracked or not; parameters for {@link #of(Supplier)}.
   */
  public GradientCheck at(Iterable<? extends Tensor> inputs) {
    List<Tensor> list = new ArrayList<>();
    inputs.forEach(list::add);
    return new GradientCheck(arity, function, List.copyOf(list), settings);
  }

  /**
   * Returns this check up to another order of the derivative. An order is checked if those below it
   * pass.
   *
   * @param order 1 for the gradient alone, 2 for its derivatives too, and so on
   */
  public GradientCheck order(int order) {
    if (order < 1) {
      throw new IllegalArgumentException(
          "order: " + order + " cannot be checked; it counts derivatives, from 1 on");
    }
    return with(settings.withOrder(order));
  }

  /** Returns this check with another seed for all that is random in it; the report prints it. */
  public GradientCheck seed(long seed) {
    return with(settings.withSeed(seed));
  }

  /**
   * Returns this check with another tolerance, for gradients that are less accurate than their
   * function.
   *
   * @param relative the part of a derivative by which it may be off, 1e-9 if not set
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
    return with(settings.withTolerance(new Tolerance(relative, absolute)));
  }

  /** Returns this check along some random directions per input, whatever its size. */
  public GradientCheck directions(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "directions: " + count + " check nothing; take one or more, or everyElement()");
    }
    return with(settings.withDirections(count, count));
  }

  /**
   * Returns this check of large inputs, of more than 1,000 elements, along as many random
   * directions as miss an error with at most a given probability. An error counts if its length,
   * with each element taken by its magnitude, is at least twice the tolerance; ten times that, and
   * the same number of directions misses it with a probability of far less.
   *
   * @param probability between 0 and 1, both excluded
   */
  public GradientCheck missing(double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "missing: " + probability + " is no probability between 0 and 1");
    }
    int count = Settings.directionsFor(probability);
    return with(settings.withDirections(settings.directions(), count));
  }

  /** Returns this check of every element of every input, however large. */
  public GradientCheck everyElement() {
    return with(settings.withDirections(0, 0));
  }

  /**
   * Returns this check in which some verdicts no longer fail: {@link Verdict#TOO_NOISY}, where
   * nothing better can be had.
   *
   * @throws IllegalArgumentException for {@link Verdict#WRONG}
   */
  public GradientCheck allowing(Verdict... verdicts) {
    Set<Verdict> failing = new HashSet<>(settings.failing());
    List.of(verdicts).forEach(failing::remove);
    if (!failing.contains(Verdict.WRONG)) {
      throw new IllegalArgumentException(
          "allowing: a check that lets wrong derivatives pass checks nothing");
    }
    return with(settings.withFailing(failing));
  }

  /**
   * Returns this check in which more verdicts fail: {@link Verdict#KINK}, {@link
   * Verdict#NOT_DIFFERENTIABLE}, {@link Verdict#STOPPED}, where there should be none.
   */
  public GradientCheck failingOn(Verdict... verdicts) {
    Set<Verdict> failing = new HashSet<>(settings.failing());
    failing.addAll(List.of(verdicts));
    if (failing.contains(Verdict.CORRECT)) {
      throw new IllegalArgumentException("failingOn: a check that correct derivatives fail, fails");
    }
    return with(settings.withFailing(failing));
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
   * derivatives of 0.
   *
   * @throws IllegalArgumentException if the check cannot be made: inputs or outputs that are
   *     integers, or not finite at the inputs; a function that gives different results for the same
   *     inputs, changes them, or whose output has another shape for other values
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
    List<Block> twins = blocks.stream().map(Block::twin).toList();
    return check(new FreshLeaves(function, blocks), blocks, new FreshLeaves(function, twins));
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
    ParametersInPlace subject =
        new ParametersInPlace(() -> function.apply(List.of()), parameters, blocks);
    try {
      return check(subject, blocks, null);
    } finally {
      subject.restore(Block.valuesOf(blocks));
    }
  }

  private GradientReport check(Subject plain, List<Block> blocks, @Nullable Subject plainTwin) {
    Repeated.Memory memory = new Repeated.Memory();
    Subject subject = new Repeated(plain, memory);
    subject.runElsewhere(Block.valuesOf(blocks));
    Subject twin = plainTwin == null ? null : new Repeated(plainTwin, memory);
    Examined examined = Examined.of(subject, blocks, twin);
    FirstDerivative first = new FirstDerivative(examined);
    DifferenceCheck latest = new DifferenceCheck(first, 1, settings);
    List<CheckedInput> checked = new ArrayList<>(latest.run());
    int order = 1;
    while (order < settings.order() && checked.stream().allMatch(CheckedInput::passed)) {
      order++;
      HigherDerivative higher =
          HigherDerivative.of(order, examined, first, latest.natural(), settings.seed());
      latest = new DifferenceCheck(higher, order, settings);
      checked.addAll(latest.run());
    }
    return report(examined, order, checked);
  }

  private GradientReport report(Examined examined, int order, List<CheckedInput> checked) {
    List<Blame> blames = List.of();
    String undissected = "";
    if (checked.stream().anyMatch(input -> input.count(Verdict.WRONG) > 0)) {
      try {
        blames = BlameSearch.run(examined, order, settings);
      } catch (RuntimeException notInPieces) {
        undissected = notInPieces.toString();
      }
    }
    return new GradientReport(
        settings.order(), settings.seed(), checked, blames, examined.stops(), undissected);
  }
}
