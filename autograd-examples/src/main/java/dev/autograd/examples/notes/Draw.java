package dev.autograd.examples.notes;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.random.RandomGenerator;

/** Numbers drawn by lot, in place of those that the notes leave open. */
final class Draw {

  private Draw() {}

  /** Returns normal numbers that are to be differentiated by. */
  static Tensor weights(RandomGenerator random, int... dims) {
    return Tensor.normal(random, DType.F64, dims).withGrad();
  }

  /** Returns labels, 0 or 1. */
  static Tensor labels(RandomGenerator random, int... dims) {
    return Tensor.uniform(random, DType.F64, dims).gt(0.5).to(DType.F64);
  }
}
