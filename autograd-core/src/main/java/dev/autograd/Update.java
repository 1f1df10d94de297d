package dev.autograd;

import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.UpdateRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** Coefficients that every rule begins with. */
  private static final int COMMON = 3;

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
    return new Update(UpdateRule.DESCENT, parameter, gradient, List.of(), decay, rate, 1);
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
    return new Update(UpdateRule.DESCENT, parameter, null, List.of(), decay, rate, 1);
  }

  /**
   * Returns this with decay that is decoupled from the gradient: {@code p ← (1 - η · decay) p}
   * before all else.
   *
   * @param decay the factor of p that is taken off, times the rate η
   */
  public Update decoupledDecay(double decay) {
    double kept = 1 - coefficients[1] * decay;
    if (kept == coefficients[2]) {
      return this;
    }
    double[] changed = coefficients.clone();
    changed[2] = kept;
    return new Update(rule, parameter, gradient, memory, changed);
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
   * Returns the descent of Adagrad, {@code s ← s + h²}, {@code p ← p - η h / (√s + ε)}.
   *
   * @param sum s, in the shape of the parameter
   */
  public Update adagrad(Parameter sum, double epsilon) {
    return with(UpdateRule.ADAGRAD, List.of(sum), epsilon);
  }

  /**
   * Returns the descent of RMSprop, {@code s ← α s + (1 - α) h²}, {@code p ← p - η h / (√s + ε)}.
   *
   * @param square s, in the shape of the parameter
   * @param alpha α
   */
  public Update rmsProp(Parameter square, double alpha, double epsilon) {
    return with(UpdateRule.RMSPROP, List.of(square), epsilon, alpha, 1 - alpha);
  }

  /**
   * Returns {@link #rmsProp} with momentum, {@code v ← μ v + h / (√s + ε)}, {@code p ← p - η v}.
   *
   * @param velocity v, in the shape of the parameter
   * @param momentum μ
   */
  public Update rmsPropMomentum(
      Parameter square, Parameter velocity, double alpha, double epsilon, double momentum) {
    List<Parameter> remembered = List.of(square, velocity);
    return with(UpdateRule.RMSPROP_MOMENTUM, remembered, epsilon, alpha, 1 - alpha, momentum);
  }

  /**
   * Returns {@link #rmsProp} with s - m², which is not less than 0, in the place of s where p
   * changes; {@code m ← α m + (1 - α) h}.
   *
   * @param mean m, in the shape of the parameter
   */
  public Update centeredRmsProp(Parameter square, Parameter mean, double alpha, double epsilon) {
    return with(UpdateRule.CENTERED_RMSPROP, List.of(square, mean), epsilon, alpha, 1 - alpha);
  }

  /**
   * Returns {@link #rmsPropMomentum} with s - m² as in {@link #centeredRmsProp}.
   *
   * @param mean m, in the shape of the parameter
   * @param velocity v, likewise
   */
  public Update centeredRmsPropMomentum(
      Parameter square,
      Parameter mean,
      Parameter velocity,
      double alpha,
      double epsilon,
      double momentum) {
    return with(
        UpdateRule.CENTERED_RMSPROP_MOMENTUM,
        List.of(square, mean, velocity),
        epsilon,
        alpha,
        1 - alpha,
        momentum);
  }

  /**
   * Returns Adam's descent, {@code m ← β₁ m + (1 - β₁) h}, {@code s ← β₂ s + (1 - β₂) h²}, {@code p
   * ← p - η (m / (1 - β₁ᵗ)) / (√(s / (1 - β₂ᵗ)) + ε)}.
   *
   * @param mean m, in the shape of the parameter
   * @param square s, likewise
   * @param t the number of this update, from 1
   * @throws IllegalArgumentException if t is below 1
   */
  public Update adam(
      Parameter mean, Parameter square, double beta1, double beta2, double epsilon, long t) {
    return adam(UpdateRule.ADAM, List.of(mean, square), beta1, beta2, epsilon, t);
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
    return adam(UpdateRule.AMSGRAD, List.of(mean, square, largest), beta1, beta2, epsilon, t);
  }

  private Update adam(
      UpdateRule chosen,
      List<Parameter> remembered,
      double beta1,
      double beta2,
      double epsilon,
      long t) {
    return with(
        chosen,
        remembered,
        epsilon,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        weight(beta1, t),
        weight(beta2, t));
  }

  /**
   * Returns Adamax's descent, {@code m ← β₁ m + (1 - β₁) h}, {@code u ← max(β₂ u, |h| + ε)}, {@code
   * p ← p - η (m / (1 - β₁ᵗ)) / u}.
   *
   * @param mean m, in the shape of the parameter
   * @param largest u, likewise
   * @param t the number of this update, from 1
   * @throws IllegalArgumentException if t is below 1
   */
  public Update adamax(
      Parameter mean, Parameter largest, double beta1, double beta2, double epsilon, long t) {
    List<Parameter> remembered = List.of(mean, largest);
    double[] others = {epsilon, beta1, 1 - beta1, beta2, weight(beta1, t)};
    return with(UpdateRule.ADAMAX, remembered, others);
  }

  /**
   * Returns NAdam's descent, m and s as in {@link #adam}, {@code p ← p - η (now · h + ahead · m) /
   * (√(s / (1 - β₂ᵗ)) + ε)}.
   *
   * @param mean m, in the shape of the parameter
   * @param square s, likewise
   * @param now the factor of the gradient, with its correction of bias
   * @param ahead the factor of the mean, likewise
   * @param t the number of this update, from 1
   * @throws IllegalArgumentException if t is below 1
   */
  public Update nadam(
      Parameter mean,
      Parameter square,
      double beta1,
      double beta2,
      double epsilon,
      double now,
      double ahead,
      long t) {
    return with(
        UpdateRule.NADAM,
        List.of(mean, square),
        epsilon,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        now,
        weight(beta2, t),
        ahead);
  }

  /**
   * Returns Lion's descent, {@code p ← p - η sign(β₁ m + (1 - β₁) h)}, {@code m ← β₂ m + (1 - β₂)
   * h}; the sign of 0 is 0.
   *
   * @param mean m, in the shape of the parameter
   */
  public Update lion(Parameter mean, double beta1, double beta2) {
    return with(UpdateRule.LION, List.of(mean), beta1, 1 - beta1, beta2, 1 - beta2);
  }

  /** Returns what the weights of the first t terms of a running mean add up to: 1 - βᵗ. */
  private static double weight(double beta, long t) {
    if (t < 1) {
      throw new IllegalArgumentException(
          "update: the number of the update is " + t + "; count from 1, or the averages are 0/0");
    }
    return 1 - Math.pow(beta, (double) t);
  }

  private Update with(UpdateRule chosen, List<Parameter> remembered, double... others) {
    double[] all = Arrays.copyOf(coefficients, COMMON + others.length);
    System.arraycopy(others, 0, all, COMMON, others.length);
    return new Update(chosen, parameter, gradient, remembered, all);
  }

  /**
   * Checks everything that can fail, and returns what changes the parameter.
   *
   * @param call marks what updates before this one write, and what this one does
   */
  Runnable prepare(Object call) {
    parameter.requireChangeable("update");
    requireFirst(parameter, call);
    for (Parameter remembered : memory) {
      requireFirst(remembered, call);
      requireFits("what is remembered", remembered);
    }
    Tensor given = gradient == null ? parameter.ownGradient() : gradient;
    requireFits("the gradient", given);
    // What shares the storage of a parameter must not follow the updates before this one.
    boolean changing =
        given.aliasGuard() instanceof ParameterVersion shared
            && shared.parameter().isWrittenBy(call);
    Object slopes = (changing ? given.keep() : given).data();
    return () -> write(slopes);
  }

  private void write(Object slopes) {
    List<Object> remembered = new ArrayList<>(memory.size());
    for (Parameter each : memory) {
      remembered.add(each.unguarded().data());
    }
    Kernels<Object> kernels = Backends.kernels(parameter.dtype());
    Object values = parameter.unguarded().data();
    kernels.update(rule, values, slopes, remembered, coefficients, 0, parameter.size());
    parameter.changed();
    memory.forEach(Parameter::changed);
  }

  private static void requireFirst(Parameter target, Object call) {
    if (!target.markWrittenBy(call)) {
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
