package dev.autograd.nn.optim;

import dev.autograd.Tensor;
import java.util.List;

/** The arithmetic of one algorithm, for one parameter at a time. */
interface Rule {

  /**
   * Returns the names of what is remembered per parameter: tensors of its shape, zeros at first.
   * Names have no dots.
   */
  List<String> memories();

  /** Returns the new values; nothing is changed yet. */
  Update update(Situation now);

  /**
   * What a step finds.
   *
   * @param p the value of the parameter
   * @param g its gradient
   * @param memory what is remembered, in the order of {@link #memories()}
   * @param t the number of this parameter's update, from 1
   * @param rate the learning rate
   */
  record Situation(Tensor p, Tensor g, List<? extends Tensor> memory, long t, double rate) {}

  /**
   * What a step leaves.
   *
   * @param value the new value of the parameter
   * @param memory what is remembered from now on, in the order of {@link #memories()}
   */
  record Update(Tensor value, List<Tensor> memory) {}

  /** Returns the gradient of the loss plus {@code decay/2 |p|²}. */
  static Tensor decayed(Situation now, double decay) {
    return decay == 0 ? now.g() : now.g().add(now.p().mul(decay));
  }
}
