package dev.autograd;

import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.UpdateRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one parameter moves against its gradient in a step of an optimiser: nothing has changed until
 * {@link Parameter#update} makes it. Immutable.
 *
 * <pre>{@code
 * Parameter.update(List.of(Update.of(w, w.grad(), 0.1, 0), Update.of(b, b.grad(), 0.1, 0)));
 * }</pre>
 *
 * <p>With the parameter p, h = g + decay · p (just g without a decay) and the rate η; what is
 * remembered is updated in place too, in the same pass. No storage is made on the way.
 */
public final class Update {

  private final UpdateRule rule;
  private final Parameter parameter;

  /** Null for the parameter's own. */
  private final @Nullable Tensor gradient;

  private final List<Parameter> memory;
  private final double[] coefficients;

  private Update(
      UpdateRule rule,
      Parameter parameter,
      @Nullable Tensor gradient,
      List<Parameter> memory,
      double... coefficients) {
    this.rule = rule;
    this.parameter = parameter;
    this.gradient = gradient;
    this.memory = memory;
    this.coefficients = coefficients;
  }

  /**
   * Returns the descent {@code p ← p - η h}.
   *
   * @param rate η
   * @param decay the factor of p that is added to the gradient
   */
  public static Update of(Parameter parameter, Tensor gradient, double rate, double decay) {
    return new Update(UpdateRule.DESCENT, parameter, gradient, List.of(), decay, rate);
  }

  /**
   * Returns the descent along the parameter's own {@link Tensor#grad()}, as it is when {@link
   * Parameter#update} begins. Unlike what {@code grad()} returns, its storage serves again after
   * {@link Tensor#zeroGrad()}, where a tape is open.
   *
   * @param rate η
   * @param decay the factor of p that is added to the gradient
   */
  public static Update ofGrad(Parameter parameter, double rate, double decay) {
    return new Update(UpdateRule.DESCENT, parameter, null, List.of(), decay, rate);
  }

  /**
   * Returns the descent with momentum, {@code v ← old · v + fresh · h}, {@code p ← p - η v}.
   *
   * @param velocity v, in the shape of the parameter
   */
  public Update momentum(Parameter velocity, double old, double fresh) {
    return with(UpdateRule.MOMENTUM, List.of(velocity), old, fresh);
  }

  /**
   * Returns the descent with Nesterov's momentum, {@code v ← old · v + fresh · h}, {@code p ← p - η
   * (h + ahead · v)}.
   *
   * @param velocity v, in the shape of the parameter
   */
  public Update nesterov(Parameter velocity, double old, double fresh, double ahead) {
    return with(UpdateRule.NESTEROV, List.of(velocity), old, fresh, ahead);
  }

  /**
   * Returns Adam's descent, {@code m ← β₁ m + (1 - β₁) h}, {@code s ← β₂ s + (1 - β₂) h²}, {@code p
   * ← p - η (m / (1 - β₁ᵗ)) / (√(s / (1 - β₂ᵗ)) + ε)}.
   *
   * @param mean m, in the shape of the parameter
   * @param square s, likewise
   * @param t the number of this update, from 1
   */
  public Update adam(
      Parameter mean, Parameter square, double beta1, double beta2, double epsilon, long t) {
    return adaptive(UpdateRule.ADAM, List.of(mean, square), beta1, beta2, epsilon, t);
  }

  /**
   * Returns {@link #adam} with the largest s so far in the place of s.
   *
   * @param largest the largest s, in the shape of the parameter
   */
  public Update amsgrad(
      Parameter mean,
      Parameter square,
      Parameter largest,
      double beta1,
      double beta2,
      double epsilon,
      long t) {
    return adaptive(UpdateRule.AMSGRAD, List.of(mean, square, largest), beta1, beta2, epsilon, t);
  }

  private Update adaptive(
      UpdateRule chosen,
      List<Parameter> remembered,
      double beta1,
      double beta2,
      double epsilon,
      long t) {
    if (t < 1) {
      throw new IllegalArgumentException(
          "update: the number of the update is " + t + "; count from 1, or the averages are 0/0");
    }
    double ofMean = 1 - Math.pow(beta1, (double) t);
    double ofSquare = 1 - Math.pow(beta2, (double) t);
    return with(chosen, remembered, beta1, 1 - beta1, beta2, 1 - beta2, ofMean, ofSquare, epsilon);
  }

  private Update with(UpdateRule chosen, List<Parameter> remembered, double... others) {
    double[] all = new double[2 + others.length];
    System.arraycopy(coefficients, 0, all, 0, 2);
    System.arraycopy(others, 0, all, 2, others.length);
    return new Update(chosen, parameter, gradient, remembered, all);
  }

  /**
   * Checks everything that can fail, and returns what changes the parameter.
   *
   * @param written what updates before this one write; those of this one are added
   */
  Runnable prepare(Set<Parameter> written) {
    parameter.requireChangeable("update");
    requireFirst(parameter, written);
    memory.forEach(remembered -> requireFirst(remembered, written));
    memory.forEach(remembered -> requireFits("what is remembered", remembered));
    Tensor given = gradient == null ? parameter.ownGradient() : gradient;
    requireFits("the gradient", given);
    // What shares the storage of a parameter must not follow the updates before this one.
    Tensor g = given.aliasGuard() instanceof ParameterVersion ? given.keep() : given;
    Kernels<Object> kernels = Backends.kernels(parameter.dtype());
    Object slopes = g.data();
    List<Object> remembered = new ArrayList<>(memory.size());
    memory.forEach(m -> remembered.add(m.unguarded().data()));
    return () -> {
      int n = parameter.size();
      kernels.update(rule, parameter.unguarded().data(), slopes, remembered, coefficients, 0, n);
      parameter.changed();
      memory.forEach(Parameter::changed);
    };
  }

  private static void requireFirst(Parameter target, Set<Parameter> written) {
    if (!written.add(target)) {
      throw new IllegalArgumentException(
          "update: parameter \""
              + target.name()
              + "\" is to be written twice; give each update a parameter and a memory of its own");
    }
  }

  private void requireFits(String what, Tensor other) {
    if (!other.shape().equals(parameter.shape())) {
      throw new ShapeException(
          is(parameter.shape(), what, other.shape()) + "; the shapes must be equal");
    }
    if (other.dtype() != parameter.dtype()) {
      throw new DTypeException(
          is(parameter.dtype(), what, other.dtype())
              + "; convert it with to("
              + parameter.dtype()
              + ")");
    }
  }

  private String is(Object own, String what, Object others) {
    return "update: parameter \""
        + parameter.name()
        + "\" is "
        + own
        + " and "
        + what
        + " is "
        + others;
  }
}
