package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Update;
import java.util.List;

/** The arithmetic of {@link Sgd}. */
record SgdRule(Sgd settings) implements Rule {

  @Override
  public List<String> memories() {
    return settings.momentum() == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public Update update(Situation now) {
    Update descent = now.descent(settings.weightDecay());
    if (settings.momentum() == 0) {
      return descent;
    }
    double mu = settings.momentum();
    boolean first = now.t() == 1;
    double old = first ? 0 : mu;
    double fresh = first ? 1 : 1 - settings.dampening();
    Parameter v = now.memory().get(0);
    return settings.accelerated()
        ? descent.nesterov(v, old, fresh, mu)
        : descent.momentum(v, old, fresh);
  }
}
