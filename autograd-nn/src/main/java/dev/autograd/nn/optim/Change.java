package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Tensor;

/** A value that has been computed but not yet assigned. */
record Change(Parameter target, Tensor value) {

  void assign() {
    target.assign(value);
  }
}
