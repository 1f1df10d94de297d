package dev.autograd.check;

import dev.autograd.Tensor;
import java.util.List;

/**
 * One run of a function under check.
 *
 * @param inputs the tracked tensors it was run on
 * @param output what it returned
 */
record Run(List<Tensor> inputs, Tensor output) {

  /** Refuses a function that returned nothing. */
  @SuppressWarnings("ConstantValue")
  Run {
    if (output == null) {
      throw new IllegalArgumentException(
          "gradient check: the function returned null; return the tensor to differentiate");
    }
  }
}
