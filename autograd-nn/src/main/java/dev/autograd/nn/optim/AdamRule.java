package dev.autograd.nn.optim;

import dev.autograd.Tensor;
import java.util.List;

/** The arithmetic of {@link Adam}. */
record AdamRule(Adam settings) implements Rule {

  @Override
  public List<String> memories() {
    return settings.largestMoment()
        ? List.of("firstMoment", "secondMoment", "largestSecondMoment")
        : List.of("firstMoment", "secondMoment");
  }

  @Override
  public Update update(Situation now) {
    Tensor g = Rule.decayed(now, settings.weightDecay());
    Tensor m = blend(now.memory().get(0), settings.beta1(), g);
    Tensor s = blend(now.memory().get(1), settings.beta2(), g.square());
    if (!settings.largestMoment()) {
      return new Update(descend(now, m, s), List.of(m, s));
    }
    Tensor largest = now.memory().get(2).maximum(s);
    return new Update(descend(now, m, largest), List.of(m, s, largest));
  }

  private static Tensor blend(Tensor old, double share, Tensor fresh) {
    return old.mul(share).add(fresh.mul(1 - share));
  }

  private Tensor descend(Situation now, Tensor m, Tensor s) {
    Tensor mean = m.div(1 - Math.pow(settings.beta1(), (double) now.t()));
    Tensor square = s.div(1 - Math.pow(settings.beta2(), (double) now.t()));
    return now.p().sub(mean.div(square.sqrt().add(settings.epsilon())).mul(now.rate()));
  }
}
