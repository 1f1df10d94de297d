package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.function.UnaryOperator;

/**
 * A function evaluated at a point, recorded from a variable of its own: so that the point itself,
 * if the function has closed over it, counts as a constant, and derivatives of nested functions are
 * not confused.
 *
 * @param x the point
 * @param variable the point, as the function saw it
 * @param y what it returned
 * @param isShared whether the graph is also that of the point, or of what the function closed over,
 *     and not to be released
 * @param isRecorded whether the caller records
 */
record Evaluation(Tensor x, Tensor variable, Tensor y, boolean isShared, boolean isRecorded) {

  static Evaluation of(UnaryOperator<Tensor> f, Tensor x) {
    boolean recorded = Recorder.current().recording();
    Tensor variable = recorded && x.requiresGrad() ? x.identity() : x.detach().withGrad();
    Tensor y = Recorder.withRecording(true, () -> f.apply(variable));
    boolean shared = x.requiresGrad() || Listing.dependsOnOthers(y, variable);
    return new Evaluation(x, variable, y, shared, recorded);
  }

  /** Returns whether results are functions of tensors outside. */
  boolean isTracked() {
    return isShared && isRecorded;
  }

  /** Returns options for a sweep that is recorded if its result is a function of others. */
  GradOptions options() {
    if (isTracked()) {
      return GradOptions.createGraph();
    }
    return isShared ? GradOptions.retainGraph() : GradOptions.defaults();
  }

  /** Returns the same for a sweep from a seed, of which the result is a function too. */
  GradOptions options(Tensor seed) {
    boolean follows = isRecorded && seed.requiresGrad();
    return (follows ? GradOptions.createGraph() : options()).seed(seed);
  }

  /** Returns the gradient with respect to the point, from a seed. */
  Tensor pull(Tensor seed) {
    return pull(options(seed));
  }

  /** Returns the gradient with respect to the point. */
  Tensor pull(GradOptions options) {
    return linkedIfConstant(Autograd.grad(y, variable, options));
  }

  /** Returns the same evaluation for a caller that records, or not, now. */
  Evaluation asRecordedNow() {
    return new Evaluation(x, variable, y, isShared, Recorder.current().recording());
  }

  /** Returns a derivative; if results are tracked, as one that is, also where it is constant. */
  Tensor linkedIfConstant(Tensor gradient) {
    if (!isTracked()) {
      return gradient;
    }
    boolean linked =
        x.requiresGrad() ? Listing.dependsOn(gradient, variable) : gradient.requiresGrad();
    return linked ? gradient : linked(gradient);
  }

  /**
   * Returns a gradient that is constant, because the function is linear, as a function of what the
   * value is a function of, with the derivative 0: so that the second derivative is 0, not an
   * error.
   */
  private Tensor linked(Tensor gradient) {
    DType dtype = y.dtype();
    Shape shape = y.shape();
    return gradient.record(
        "constantGradient",
        Allocation.copy(gradient.array()),
        h -> h,
        y,
        h -> Factories.full(dtype, 0, shape));
  }
}
