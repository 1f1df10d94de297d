package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a step changes, collected from all groups before the first change is made. */
final class Step {

  private final List<Update> updates = new ArrayList<>();
  private final Map<Parameter, Long> counts = new LinkedHashMap<>();

  void add(Update update) {
    updates.add(update);
  }

  void count(Parameter counter, long number) {
    counts.put(counter, number);
  }

  /** Makes all changes, or none: what can fail fails before the first. */
  void take() {
    Parameter.update(updates);
    counts.forEach((counter, number) -> counter.assign(Tensor.scalar((double) number)));
  }
}
