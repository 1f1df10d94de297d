package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that are trained by one rule with one schedule, and what the rule remembers of them.
 *
 * <p>What is remembered is kept in parameters of its own: their storage belongs to no tape, is
 * updated in place, and can be saved and loaded by path like a model.
 */
final class ParameterGroup {

  /**
   * A trained parameter, what is remembered of it, and how often it was updated; null where nothing
   * is remembered, so that nobody asks.
   */
  private record Slot(Parameter trained, List<Parameter> memory, @Nullable Parameter updates) {}

  private final Rule rule;
  private final Schedule schedule;
  private final List<Slot> slots = new ArrayList<>();
  private final Parameter steps = Parameter.full("steps", DType.F64, 0);
  private final Parameters state;

  ParameterGroup(Rule rule, Schedule schedule, Iterable<? extends Parameter> parameters) {
    this.rule = rule;
    this.schedule = schedule;
    List<Parameter> remembered = new ArrayList<>(List.of(steps));
    ParameterNames.of(parameters)
        .forEach(
            (name, parameter) -> {
              Slot slot = slot(name, parameter);
              slots.add(slot);
              remembered.addAll(slot.memory());
              if (slot.updates() != null) {
                remembered.add(slot.updates());
              }
            });
    if (slots.isEmpty()) {
      throw new IllegalArgumentException(
          "over: there are no parameters to optimise; if they were selected by a pattern, compare it"
              + " with paths()");
    }
    state = Parameters.of(remembered.toArray(new Tensor[0]));
  }

  private Slot slot(String name, Parameter trained) {
    List<Parameter> memory = new ArrayList<>();
    for (String what : rule.memories()) {
      int[] shape = trained.shape().toArray();
      memory.add(Parameter.full(name + "." + what, trained.dtype(), rule.initial(), shape));
    }
    return new Slot(
        trained, memory, memory.isEmpty() ? null : Parameter.full(name + ".step", DType.F64, 0));
  }

  List<Parameter> trained() {
    return slots.stream().map(Slot::trained).toList();
  }

  /** Returns what is remembered, as parameters that share its storage. */
  Parameters state() {
    return state;
  }

  long steps() {
    return (long) steps.item();
  }

  double rate() {
    double rate = schedule.at(steps());
    if (!(rate >= 0 && Double.isFinite(rate))) {
      throw new IllegalArgumentException(
          "step: the schedule gives the learning rate "
              + rate
              + " for step "
              + steps()
              + "; it must be finite and at least 0");
    }
    return rate;
  }

  /** Adds the changes of the parameters that have a gradient to a step. */
  void addTo(Step step, GradientSource gradients) {
    double rate = rate();
    long next = steps() + 1;
    step.count(steps, next);
    for (Slot slot : slots) {
      if (!slot.trained().frozen() && gradients.reaches(slot.trained())) {
        addTo(step, slot, gradients, rate, next);
      }
    }
  }

  private void addTo(Step step, Slot slot, GradientSource gradients, double rate, long next) {
    Parameter counter = slot.updates();
    long t = counter == null ? next : (long) counter.item() + 1;
    step.add(rule.update(new Rule.Situation(slot.trained(), gradients, slot.memory(), t, rate)));
    if (counter != null) {
      step.count(counter, t);
    }
  }
}
