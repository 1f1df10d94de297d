package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Update;
import java.util.List;

/** The arithmetic of one algorithm, for one parameter at a time. */
interface Rule {

  /**
   * Returns the names of what is remembered per parameter: tensors of its shape. Names have no
   * dots.
   */
  List<String> memories();

  /** Returns what every element of what is remembered is at first. */
  default double initial() {
    return 0;
  }

  /** Returns how the parameter and what is remembered change; nothing is changed yet. */
  Update update(Situation now);

  /**
   * What a step finds.
   *
   * @param p the parameter
   * @param gradients where its gradient is
   * @param memory what is remembered, in the order of {@link #memories()}
   * @param t the number of this parameter's update, from 1
   * @param rate the learning rate
   */
  record Situation(
      Parameter p, GradientSource gradients, List<Parameter> memory, long t, double rate) {

    /** Returns the plain descent along the gradient of the loss plus {@code decay/2 |p|²}. */
    Update descent(double decay) {
      return gradients.descent(p, rate, decay);
    }
  }
}
