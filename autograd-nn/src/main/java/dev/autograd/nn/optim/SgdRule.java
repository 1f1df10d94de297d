package dev.autograd.nn.optim;

import dev.autograd.Tensor;
import java.util.List;

/** The arithmetic of {@link Sgd}. */
record SgdRule(Sgd settings) implements Rule {

  @Override
  public List<String> memories() {
    return settings.momentum() == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public Update update(Situation now) {
    Tensor g = Rule.decayed(now, settings.weightDecay());
    if (settings.momentum() == 0) {
      return new Update(descend(now, g), List.of());
    }
    double mu = settings.momentum();
    Tensor v = now.t() == 1 ? g : now.memory().get(0).mul(mu).add(g.mul(1 - settings.dampening()));
    Tensor direction = settings.accelerated() ? g.add(v.mul(mu)) : v;
    return new Update(descend(now, direction), List.of(v));
  }

  private static Tensor descend(Situation now, Tensor direction) {
    return now.p().sub(direction.mul(now.rate()));
  }
}
