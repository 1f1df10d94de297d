package dev.autograd;

import java.util.Optional;

/**
 * How a sweep treats the graph. Immutable; start from a static method and refine.
 *
 * <pre>{@code
 * Autograd.grad(y, x, GradOptions.createGraph())           // the gradient can be differentiated
 * y.backward(GradOptions.retainGraph())                    // a second sweep is allowed
 * }</pre>
 *
 * @param recordsSweep whether the sweep itself is recorded
 * @param keepsGraph whether the graph stays usable; true if the sweep is recorded
 * @param toleratesUnused whether an input that the output does not depend on gets zeros
 * @param seed the upstream gradient; empty for a one-element output
 */
public record GradOptions(
    boolean recordsSweep, boolean keepsGraph, boolean toleratesUnused, Optional<Tensor> seed) {

  private static final GradOptions DEFAULTS =
      new GradOptions(false, false, false, Optional.empty());

  /** Makes options; recording the sweep keeps the graph, whatever is said of it. */
  public GradOptions {
    keepsGraph |= recordsSweep;
  }

  /** Returns the defaults: one sweep, first order, unused inputs are an error. */
  public static GradOptions defaults() {
    return DEFAULTS;
  }

  /** Returns options under which the gradients can be differentiated again; the graph stays. */
  public static GradOptions createGraph() {
    return new GradOptions(true, true, false, Optional.empty());
  }

  /** Returns options under which the graph stays for another sweep. */
  public static GradOptions retainGraph() {
    return new GradOptions(false, true, false, Optional.empty());
  }

  /** Returns these options with zeros, instead of an error, for inputs that are not reached. */
  public GradOptions allowUnused() {
    return new GradOptions(recordsSweep, keepsGraph, true, seed);
  }

  /** Returns these options with an upstream gradient, of the output's shape and type. */
  public GradOptions seed(Tensor upstream) {
    return new GradOptions(recordsSweep, keepsGraph, toleratesUnused, Optional.of(upstream));
  }
}
