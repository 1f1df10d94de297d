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

  /** The last number counted: most parameters were updated as often as the one before. */
  private Tensor number = Tensor.scalar(0);

  private record Count(Parameter counter, Tensor number) {}

  void add(Update update) {
    updates.add(update);
  }

  void count(Parameter counter, long updates) {
    if (number.item() != updates) {
      number = Tensor.scalar((double) updates);
    }
    counts.add(new Count(counter, number));
  }

  /** Makes all changes, or none: what can fail fails before the first. */
  void take() {
    Parameter.update(updates);
    for (Count count : counts) {
      count.counter().assign(count.number());
    }
  }
}
