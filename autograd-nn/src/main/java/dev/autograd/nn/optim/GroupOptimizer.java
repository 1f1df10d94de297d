package dev.autograd.nn.optim;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.NoGradientException;
import dev.autograd.NotTrackedException;
import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.nn.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One or several groups of parameters that are stepped together, or not at all. */
final class GroupOptimizer implements Optimizer {

  private final List<ParameterGroup> groups;
  private final List<Parameter> trained;
  private final Parameters state;

  private GroupOptimizer(List<ParameterGroup> groups) {
    this.groups = groups;
    trained = groups.stream().flatMap(group -> group.trained().stream()).toList();
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
    return new GroupOptimizer(List.of(group));
  }

  static Optimizer joining(Optimizer... optimizers) {
    List<ParameterGroup> groups = new ArrayList<>();
    for (Optimizer optimizer : optimizers) {
      if (!(optimizer instanceof GroupOptimizer known)) {
        throw new IllegalArgumentException(
            "all: "
                + optimizer.getClass().getName()
                + " cannot be stepped together with others, all or none; pass optimisers made by"
                + " over(…), and step this one by itself");
      }
      groups.addAll(known.groups);
    }
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("all: there are no optimisers; pass at least one");
    }
    requireDisjoint(groups);
    return new GroupOptimizer(List.copyOf(groups));
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
    return Tape.join(() -> evaluateAndStep(loss));
  }

  private double evaluateAndStep(Supplier<Tensor> loss) {
    List<Parameter> learning = trained.stream().filter(parameter -> !parameter.frozen()).toList();
    if (learning.isEmpty()) {
      throw new NoGradientException(
          "minimize: all " + trained.size() + " parameters are frozen; unfreeze() one");
    }
    Tensor value = loss.get();
    double before = finite(value);
    GradOptions options = GradOptions.defaults().allowUnused();
    Gradients gradients = Autograd.grad(value, learning, options);
    if (learning.stream().noneMatch(gradients::reached)) {
      throw new NotTrackedException(
          "minimize: the loss depends on none of the "
              + learning.size()
              + " parameters that this optimiser trains; compute it from them, or pass others to"
              + " over(…)");
    }
    step(gradients);
    return before;
  }

  private double finite(Tensor loss) {
    if (loss.size() != 1) {
      throw new ShapeException(
          "minimize: the loss has shape "
              + loss.shape()
              + "; reduce it to one number with mean() or sum()");
    }
    double value = loss.item();
    if (!Double.isFinite(value)) {
      throw new ArithmeticException(
          "minimize: the loss is "
              + value
              + " at step "
              + steps()
              + "; no parameter was changed. Lower the learning rate, clip the gradients, or look for"
              + " the operation that overflows");
    }
    return value;
  }

  @Override
  public void step() {
    step(GradientSource.stored(), "call backward() first");
  }

  @Override
  public void step(Gradients gradients) {
    step(GradientSource.of(gradients), "pass gradients with respect to them");
  }

  private void step(GradientSource gradients, String remedy) {
    if (trained.stream().noneMatch(p -> !p.frozen() && gradients.reaches(p))) {
      throw new NoGradientException(
          "step: none of the "
              + trained.size()
              + " parameters has a gradient and is not frozen; "
              + remedy
              + ", or unfreeze() them");
    }
    Step step = new Step();
    groups.forEach(group -> group.addTo(step, gradients));
    step.take();
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
