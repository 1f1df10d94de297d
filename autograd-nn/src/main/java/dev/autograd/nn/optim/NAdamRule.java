package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Update;
import java.util.List;

/** The arithmetic of {@link NAdam}. */
final class NAdamRule implements Rule {

  private final NAdam settings;

  /** The number of factors in {@link #product}, which follows from it and is kept for speed. */
  private long factors;

  /**
   * μ₁⋯μₜ, multiplied in this order whatever t it comes from, so that its bits depend on t only.
   */
  private double product = 1;

  NAdamRule(NAdam settings) {
    this.settings = settings;
  }

  @Override
  public List<String> memories() {
    return List.of("firstMoment", "secondMoment");
  }

  private double momentum(long t) {
    return settings.beta1() * (1 - 0.5 * Math.pow(0.96, t * settings.momentumDecay()));
  }

  private double product(long t) {
    if (t < factors) {
      factors = 0;
      product = 1;
    }
    while (factors < t && product > 0) {
      factors++;
      product *= momentum(factors);
    }
    return product;
  }

  @Override
  public Update update(Situation now) {
    long t = now.t();
    double momentum = momentum(t);
    double next = momentum(t + 1);
    double soFar = product(t);
    double gradientShare = (1 - momentum) / (1 - soFar);
    double meanShare = next / (1 - soFar * next);
    Parameter m = now.memory().get(0);
    Parameter s = now.memory().get(1);
    return now.descent(settings.weightDecay())
        .nadam(
            m,
            s,
            settings.beta1(),
            settings.beta2(),
            settings.epsilon(),
            gradientShare,
            meanShare,
            t);
  }
}
