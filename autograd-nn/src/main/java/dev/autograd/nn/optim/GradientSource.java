package dev.autograd.nn.optim;

import dev.autograd.Gradients;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.Update;

/** Where a step finds gradients. */
interface GradientSource {

  /** Returns whether there is a gradient for a parameter. */
  boolean reaches(Parameter p);

  /** Returns the gradient of a parameter that has one. */
  Tensor gradient(Parameter p);

  /** Returns the plain descent along the gradient of a parameter that has one. */
  Update descent(Parameter p, double rate, double decay);

  /** Returns the gradients that sweeps have left in the parameters. */
  static GradientSource stored() {
    return new GradientSource() {

      @Override
      public boolean reaches(Parameter p) {
        return p.hasGrad();
      }

      @Override
      public Tensor gradient(Parameter p) {
        return p.grad();
      }

      @Override
      public Update descent(Parameter p, double rate, double decay) {
        return Update.ofGrad(p, rate, decay);
      }
    };
  }

  /** Returns gradients that were computed with respect to parameters. */
  static GradientSource of(Gradients gradients) {
    return new GradientSource() {

      @Override
      public boolean reaches(Parameter p) {
        return gradients.contains(p) && gradients.reached(p);
      }

      @Override
      public Tensor gradient(Parameter p) {
        return gradients.of(p);
      }

      @Override
      public Update descent(Parameter p, double rate, double decay) {
        return Update.of(p, gradients.of(p), rate, decay);
      }
    };
  }
}
