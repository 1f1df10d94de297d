package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * L-BFGS: minimises a smooth function to high accuracy, with curvature learned from the last
 * gradients. For functions that are the same at every call: all data, no dropout, no mini-batches.
 *
 * <pre>{@code
 * Parameter x = Parameter.of("x", Tensor.of(-1.2, 1));
 * Lbfgs.Result result = Lbfgs.over(List.of(x)).tolerance(1e-10).run(() -> rosenbrock(x), 200);
 * }</pre>
 *
 * <p>An iteration moves all parameters, taken as one vector x, by {@code α d}: the direction is
 * {@code d = -H g}, where the two-loop recursion makes H of the last m changes of x and of its
 * gradient g, and α fulfils the strong Wolfe conditions
 *
 * <pre>
 * f(x + α d) ≤ f(x) + c₁ α gᵀd
 * |f'(x + α d)ᵀd| ≤ c₂ |gᵀd|
 * </pre>
 *
 * <p>or, where rounding hides the decrease, {@code f'(x + α d)ᵀd ≤ (2 c₁ - 1) gᵀd} instead of the
 * first. Values are compared, and x, g and H kept, in double precision, whatever the type of the
 * parameters. Points where the loss or its gradient is not finite are steps too far. Frozen
 * parameters stay.
 *
 * <p><b>Memory.</b> The changes are remembered between calls, so that two runs of 10 iterations are
 * one run of 20, bit for bit; {@link #state()} saves them. The methods that configure return a copy
 * that remembers nothing. Not for use by several threads at a time.
 *
 * <p><b>Cost.</b> Mostly one evaluation with gradient per iteration, each on a tape of its own, and
 * the memory of 2 m + 4 vectors.
 *
 * <p>Sources: Nocedal and Wright, Numerical optimization, 2006, algorithms 3.5, 3.6, 7.4 and 7.5;
 * Hager and Zhang, A new conjugate gradient method with guaranteed descent and an efficient line
 * search, 2005, equation 4.1 (rounding).
 */
public final class Lbfgs implements Minimizer {

  /** Why a run stopped. */
  public enum Stop {
    /** No slope is steeper than the tolerance. */
    GRADIENT,
    /** The loss changes no more than the tolerance for changes, or than rounding does. */
    CHANGE,
    /** As many iterations were made as asked for. */
    ITERATIONS,
    /** The loss was evaluated as often as allowed. */
    EVALUATIONS,
    /**
     * No lower point was found along the steepest descent: the gradient is not that of the loss,
     * the loss differs from call to call, or it has a kink here.
     */
    LINE_SEARCH
  }

  /**
   * What a run came to.
   *
   * @param stop why it stopped
   * @param loss the loss at the parameters it left
   * @param slope the steepest slope there, the largest |gᵢ|
   * @param iterations the number of iterations of this run
   * @param evaluations how often this run evaluated the loss
   */
  public record Result(Stop stop, double loss, double slope, int iterations, int evaluations) {

    /** Returns whether it stopped at a minimum, as far as the tolerances tell. */
    public boolean converged() {
      return stop == Stop.GRADIENT || stop == Stop.CHANGE;
    }
  }

  private final List<Parameter> parameters;
  private final LbfgsSettings settings;
  private final LbfgsHistory history;

  private Lbfgs(List<Parameter> parameters, LbfgsSettings settings) {
    this.parameters = parameters;
    this.settings = settings;
    int size = 0;
    for (Parameter parameter : parameters) {
      size = Math.addExact(size, parameter.size());
    }
    history = new LbfgsHistory(settings.history(), size);
  }

  // ---------------------------------------------------------------- configuring

  /**
   * Returns L-BFGS over the given parameters, each taken once: tolerance 1e-7, none for changes,
   * the last 10 changes, any number of evaluations, c₁ 1e-4 and c₂ 0.9.
   *
   * @throws IllegalArgumentException if there are no parameters
   */
  public static Lbfgs over(Iterable<? extends Parameter> parameters) {
    Set<Parameter> distinct = new LinkedHashSet<>();
    parameters.forEach(distinct::add);
    if (distinct.isEmpty()) {
      throw new IllegalArgumentException("over: there are no parameters to optimise");
    }
    return new Lbfgs(List.copyOf(distinct), LbfgsSettings.DEFAULT);
  }

  /** Returns this with another slope at which to stop, in the units of the gradient. */
  public Lbfgs tolerance(double slope) {
    return new Lbfgs(parameters, settings.tolerance(slope));
  }

  /** Returns this with a change of the loss, as a share of its value, at which to stop. */
  public Lbfgs changeTolerance(double share) {
    return new Lbfgs(parameters, settings.changeTolerance(share));
  }

  /** Returns this with another number m of changes to remember, at least 1. */
  public Lbfgs history(int changes) {
    return new Lbfgs(parameters, settings.history(changes));
  }

  /** Returns this with a number of evaluations per run after which to stop, at least 1. */
  public Lbfgs maxEvaluations(int evaluations) {
    return new Lbfgs(parameters, settings.maxEvaluations(evaluations));
  }

  /**
   * Returns this with other constants of the Wolfe conditions; a small c₂ makes for an almost exact
   * search along each direction.
   *
   * @param decrease c₁, above 0 and less than 1/2
   * @param curvature c₂, above c₁ and less than 1; or less than c₁, if the search is to be exact
   */
  public Lbfgs wolfe(double decrease, double curvature) {
    return new Lbfgs(parameters, settings.wolfe(decrease, curvature));
  }

  // ---------------------------------------------------------------- minimising

  /**
   * Makes one iteration, and returns the loss as it was before. Where no slope is steeper than the
   * tolerance, or no lower point is found, nothing changes.
   *
   * @throws RuntimeException as {@link #run}
   */
  @Override
  public double minimize(Supplier<Tensor> loss) {
    LbfgsRun run = new LbfgsRun("minimize", parameters, settings, history, loss);
    double before = run.loss();
    run.iterate(1);
    return before;
  }

  /**
   * Makes iterations until one of the conditions of {@link Stop} holds, and returns which. If the
   * loss throws, its exception is passed on, and the parameters are those of the last iteration.
   *
   * @param loss computes the loss, one number, from the current parameters; called many times
   * @param maxIterations at least 0
   * @throws dev.autograd.ShapeException if the loss has not exactly one element
   * @throws dev.autograd.NotTrackedException if it depends on none of the parameters
   * @throws dev.autograd.NoGradientException if all parameters are frozen
   * @throws ArithmeticException if the loss or its gradient is not finite where it starts; nothing
   *     has changed
   */
  public Result run(Supplier<Tensor> loss, int maxIterations) {
    if (maxIterations < 0) {
      throw new IllegalArgumentException(
          "run: the number of iterations is " + maxIterations + "; it must be at least 0");
    }
    return new LbfgsRun("run", parameters, settings, history, loss).iterate(maxIterations);
  }

  // ---------------------------------------------------------------- state

  /** Returns the number of iterations of all runs so far. */
  public long iterations() {
    return history.iterations();
  }

  /**
   * Returns a copy of what is remembered: {@code "iterations"}, and the last changes, the oldest
   * first, one per row, of the parameters ({@code "steps"}) and of the gradient ({@code
   * "gradientChanges"}). The parameters themselves are saved like a model.
   */
  public Map<String, Tensor> state() {
    return history.state();
  }

  /**
   * Replaces what is remembered by copies, after which runs go on bit for bit as they would have
   * where {@link #state()} was taken. A state that does not fit changes nothing.
   *
   * @throws IllegalArgumentException if a name is missing, there is one too many, or there are more
   *     changes than this remembers
   * @throws dev.autograd.ShapeException if a shape differs
   * @throws dev.autograd.DTypeException if an element type is not F64
   */
  public void load(Map<String, Tensor> state) {
    history.load(state);
  }
}
