package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Update;
import java.util.ArrayList;
import java.util.List;

/** The arithmetic of {@link RmsProp}. */
record RmsPropRule(RmsProp settings) implements Rule {

  @Override
  public List<String> memories() {
    List<String> names = new ArrayList<>(List.of("secondMoment"));
    if (settings.deviation()) {
      names.add("firstMoment");
    }
    if (hasMomentum()) {
      names.add("momentum");
    }
    return names;
  }

  private boolean hasMomentum() {
    return settings.momentum() > 0;
  }

  @Override
  public Update update(Situation now) {
    Update descent = now.descent(settings.weightDecay());
    List<Parameter> memory = now.memory();
    Parameter s = memory.get(0);
    Parameter last = memory.get(memory.size() - 1);
    double alpha = settings.alpha();
    double epsilon = settings.epsilon();
    double mu = settings.momentum();
    if (settings.deviation()) {
      Parameter m = memory.get(1);
      return hasMomentum()
          ? descent.centeredRmsPropMomentum(s, m, last, alpha, epsilon, mu)
          : descent.centeredRmsProp(s, m, alpha, epsilon);
    }
    return hasMomentum()
        ? descent.rmsPropMomentum(s, last, alpha, epsilon, mu)
        : descent.rmsProp(s, alpha, epsilon);
  }
}
