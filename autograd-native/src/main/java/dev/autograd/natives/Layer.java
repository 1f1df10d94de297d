package dev.autograd.natives;

import dev.autograd.array.DType;
import dev.autograd.kernel.Kernels;

/**
 * The product of one library for one type.
 *
 * @param title the name of the library, for messages
 */
record Layer(String title, DType dtype, Product product, Sizes sizes) {

  /** Returns kernels with this product above others. */
  <A> Kernels<A> over(Kernels<A> below) {
    return new NativeKernels<>(below, product, sizes, title);
  }

  @Override
  public String toString() {
    return title + " for " + dtype + " from " + sizes.least() + " multiplications";
  }
}
