package dev.autograd.nn.optim;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.NoGradientException;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.ValueAndGradients;
import dev.autograd.nn.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One or several groups of parameters that are stepped together, or not at all. */
final class GroupOptimizer implements Optimizer {

  private final List<ParameterGroup> groups;
  private final List<Parameter> trained;
  private final Objective objective;
  private final Parameters state;

  /** What happens to the gradients of all groups together before a step. */
  private final List<UnaryOperator<Gradients>> clippings;

  private GroupOptimizer(List<ParameterGroup> groups, List<UnaryOperator<Gradients>> clippings) {
    this.groups = groups;
    this.clippings = clippings;
    trained = groups.stream().flatMap(group -> group.trained().stream()).toList();
    objective = new Objective("minimize", trained);
    state = groups.size() == 1 ? groups.get(0).state() : numbered(groups);
  }

  private static Parameters numbered(List<ParameterGroup> groups) {
    Parameters all = Parameters.none();
    for (int i = 0; i < groups.size(); i++) {
      all = all.and("group" + i, groups.get(i).state());
    }
    return all;
  }

  static Optimizer of(ParameterGroup group) {
    return new GroupOptimizer(List.of(group), List.of());
  }

  static Optimizer joining(Optimizer... optimizers) {
    List<ParameterGroup> groups = new ArrayList<>();
    for (Optimizer optimizer : optimizers) {
      GroupOptimizer known = known("all", optimizer);
      if (!known.clippings.isEmpty()) {
        throw new IllegalArgumentException(
            "all: one of the optimisers clips its gradients; clip those of all groups together, as"
                + " in Optimizer.all(…).clipNorm(…)");
      }
      groups.addAll(known.groups);
    }
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("all: there are no optimisers; pass at least one");
    }
    requireDisjoint(groups);
    return new GroupOptimizer(List.copyOf(groups), List.of());
  }

  static Optimizer clipping(String op, Optimizer optimizer, UnaryOperator<Gradients> clipping) {
    GroupOptimizer known = known(op, optimizer);
    List<UnaryOperator<Gradients>> all = new ArrayList<>(known.clippings);
    all.add(clipping);
    return new GroupOptimizer(known.groups, List.copyOf(all));
  }

  private static GroupOptimizer known(String op, Optimizer optimizer) {
    if (optimizer instanceof GroupOptimizer known) {
      return known;
    }
    throw new IllegalArgumentException(
        op
            + ": the inside of "
            + optimizer.getClass().getName()
            + " is not known; only optimisers made by over(…) can be stepped together, all or none,"
            + " and clipped");
  }

  private static void requireDisjoint(List<ParameterGroup> groups) {
    Map<Parameter, Integer> owners = new HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      for (Parameter parameter : groups.get(i).trained()) {
        Integer before = owners.put(parameter, i);
        if (before != null) {
          throw new IllegalArgumentException(
              "all: parameter \""
                  + parameter.name()
                  + "\" of shape "
                  + parameter.shape()
                  + " is in group "
                  + before
                  + " and in group "
                  + i
                  + "; select disjoint groups with matching(…) and except(…)");
        }
      }
    }
  }

  // ---------------------------------------------------------------- stepping

  @Override
  public double minimize(Supplier<Tensor> loss) {
    return Tape.join(
        () -> {
          ValueAndGradients before = evaluate(loss);
          step(before.gradients());
          return before.value();
        });
  }

  @Override
  public <T> double minimizeSum(Iterable<? extends T> parts, Function<? super T, Tensor> loss) {
    GradientSum sum = new GradientSum();
    double before = 0;
    boolean none = true;
    for (T part : parts) {
      before +=
          Tape.scope(
              () -> {
                ValueAndGradients one = evaluate(() -> loss.apply(part));
                sum.add(one.gradients());
                return one.value();
              });
      none = false;
    }
    if (none) {
      throw new IllegalArgumentException("minimizeSum: there are no parts; pass at least one");
    }
    Tape.scope(() -> step(sum.total()));
    return before;
  }

  private ValueAndGradients evaluate(Supplier<Tensor> loss) {
    List<Parameter> learning = objective.learning();
    Tensor value = loss.get();
    double before = objective.value(value);
    if (!Double.isFinite(before)) {
      throw new ArithmeticException(
          "minimize: the loss is "
              + before
              + " at step "
              + steps()
              + "; no parameter was changed. Lower the learning rate, clip the gradients, or look for"
              + " the operation that overflows");
    }
    return new ValueAndGradients(before, objective.gradients(value, learning));
  }

  @Override
  public ValueAndGradients differentiate(Supplier<Tensor> loss) {
    List<Parameter> learning = objective.learning();
    Tensor value = loss.get();
    return new ValueAndGradients(objective.value(value), objective.gradients(value, learning));
  }

  @Override
  public void step() {
    step(GradientSource.stored(), "call backward() first");
  }

  @Override
  public void step(Gradients gradients) {
    step(GradientSource.of(gradients), "pass gradients with respect to them");
  }

  private void step(GradientSource given, String remedy) {
    List<Parameter> moving = new ArrayList<>(trained.size());
    for (Parameter parameter : trained) {
      if (!parameter.frozen() && given.reaches(parameter)) {
        moving.add(parameter);
      }
    }
    if (moving.isEmpty()) {
      throw new NoGradientException(
          "step: none of the "
              + trained.size()
              + " parameters has a gradient and is not frozen; "
              + remedy
              + ", or unfreeze() them");
    }
    Step step = new Step();
    if (clippings.isEmpty()) {
      groups.forEach(group -> group.addTo(step, given));
      step.take();
    } else {
      Tape.join(
          () -> {
            GradientSource clipped = GradientSource.of(clipped(given, moving));
            groups.forEach(group -> group.addTo(step, clipped));
            step.take();
            return true;
          });
    }
  }

  private Gradients clipped(GradientSource given, List<Parameter> moving) {
    Map<Parameter, Tensor> byParameter = new LinkedHashMap<>();
    moving.forEach(p -> byParameter.put(p, given.gradient(p)));
    Gradients gradients = Gradients.from(byParameter);
    return Autograd.noGrad(
        () -> {
          Gradients clipped = gradients;
          for (UnaryOperator<Gradients> clipping : clippings) {
            clipped = clipping.apply(clipped);
          }
          return clipped;
        });
  }

  @Override
  public void zeroGrad() {
    trained.forEach(Parameter::zeroGrad);
  }

  // ---------------------------------------------------------------- state

  @Override
  public long steps() {
    return groups.get(0).steps();
  }

  @Override
  public double lr() {
    return groups.get(0).rate();
  }

  @Override
  public Map<String, Tensor> state() {
    return state.snapshot();
  }

  @Override
  public void load(Map<String, Tensor> values) {
    state.load(values);
  }
}
