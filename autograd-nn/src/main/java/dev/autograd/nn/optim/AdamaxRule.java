package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Update;
import java.util.List;

/** The arithmetic of {@link Adamax}. */
record AdamaxRule(Adamax settings) implements Rule {

  @Override
  public List<String> memories() {
    return List.of("firstMoment", "largestGradient");
  }

  @Override
  public Update update(Situation now) {
    Parameter m = now.memory().get(0);
    Parameter u = now.memory().get(1);
    return now.descent(settings.weightDecay())
        .adamax(m, u, settings.beta1(), settings.beta2(), settings.epsilon(), now.t());
  }
}
