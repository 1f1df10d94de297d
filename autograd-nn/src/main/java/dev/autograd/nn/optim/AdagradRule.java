package dev.autograd.nn.optim;

import dev.autograd.Update;
import java.util.List;

/** The arithmetic of {@link Adagrad}. */
record AdagradRule(Adagrad settings) implements Rule {

  @Override
  public List<String> memories() {
    return List.of("sum");
  }

  @Override
  public double initial() {
    return settings.initialSum();
  }

  @Override
  public Update update(Situation now) {
    return now.descent(settings.weightDecay()).adagrad(now.memory().get(0), settings.epsilon());
  }
}
