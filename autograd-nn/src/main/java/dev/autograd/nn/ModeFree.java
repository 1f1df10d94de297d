package dev.autograd.nn;

import dev.autograd.Tensor;

/**
 * A layer with parameters that is the same function in both modes. The methods inherited from
 * {@link Layer} would list the parameters in every training pass, to look for children.
 */
interface ModeFree extends Layer {

  /** Returns {@link #forward(Tensor)}: both modes are the same. */
  @Override
  default Tensor forward(Tensor x, Mode mode) {
    return forward(x);
  }

  /** Returns false. */
  @Override
  default boolean dependsOnMode() {
    return false;
  }
}
