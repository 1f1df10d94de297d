package dev.autograd.nn.optim;

import dev.autograd.Update;
import java.util.List;

/** The arithmetic of {@link Lion}. */
record LionRule(Lion settings) implements Rule {

  @Override
  public List<String> memories() {
    return List.of("momentum");
  }

  @Override
  public Update update(Situation now) {
    return now.descent(0)
        .lion(now.memory().get(0), settings.beta1(), settings.beta2())
        .decoupledDecay(settings.weightDecay());
  }
}
