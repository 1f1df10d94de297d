package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Update;
import java.util.List;

/**
 * The arithmetic of {@link Adam} and {@link AdamW}.
 *
 * @param settings what both have in common, and the decay that is added to the gradient
 * @param decoupledDecay the decay that is not
 */
record AdamRule(Adam settings, double decoupledDecay) implements Rule {

  @Override
  public List<String> memories() {
    return settings.largestMoment()
        ? List.of("firstMoment", "secondMoment", "largestSecondMoment")
        : List.of("firstMoment", "secondMoment");
  }

  @Override
  public Update update(Situation now) {
    Update descent = now.descent(settings.weightDecay()).decoupledDecay(decoupledDecay);
    Parameter m = now.memory().get(0);
    Parameter s = now.memory().get(1);
    double beta1 = settings.beta1();
    double beta2 = settings.beta2();
    double epsilon = settings.epsilon();
    return settings.largestMoment()
        ? descent.amsgrad(m, s, now.memory().get(2), beta1, beta2, epsilon, now.t())
        : descent.adam(m, s, beta1, beta2, epsilon, now.t());
  }
}
