package dev.autograd.nn;

import dev.autograd.Tensor;
import dev.autograd.array.DType;

/** What follows from the weights of a cell, in the same way for all cells of this library. */
sealed interface WeightedCell<S> extends Cell<S> permits RnnCell, GruCell, LstmCell {

  /** Returns the weights of the input, of all gates below each other. */
  Tensor inputWeight();

  /** Returns the weights of the state, of all gates below each other. */
  Tensor hiddenWeight();

  /** Returns what is added to the product with the input. */
  Tensor inputBias();

  /** Returns what is added to the product with the state. */
  Tensor hiddenBias();

  @Override
  default int inputs() {
    return inputWeight().shape().dim(1);
  }

  @Override
  default int units() {
    return hiddenWeight().shape().dim(1);
  }

  @Override
  default DType dtype() {
    return inputWeight().dtype();
  }

  /** Returns {@code W x + b}. */
  @Override
  default Tensor project(Tensor x) {
    return x.linear(inputWeight(), inputBias());
  }

  @Override
  default Parameters parameters() {
    return Parameters.of(inputWeight(), hiddenWeight(), inputBias(), hiddenBias());
  }
}
