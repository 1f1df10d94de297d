package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.Update;
import java.util.ArrayList;
import java.util.List;

/** What a step changes, collected from all groups before the first change is made. */
final class Step {

  private final List<Update> updates = new ArrayList<>();
  private final List<Count> counts = new ArrayList<>();

  private record Count(Parameter counter, double number) {}

  void add(Update update) {
    updates.add(update);
  }

  void count(Parameter counter, long number) {
    counts.add(new Count(counter, (double) number));
  }

  /** Makes all changes, or none: what can fail fails before the first. */
  void take() {
    Parameter.update(updates);
    for (Count count : counts) {
      count.counter().assign(Tensor.scalar(count.number()));
    }
  }
}
