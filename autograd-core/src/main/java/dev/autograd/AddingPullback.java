package dev.autograd;

import dev.autograd.array.NdArray;

/**
 * The pullback of taking a part of a tensor. A first-order sweep lets it add the part's gradient to
 * the gradient of the whole directly, so that n parts of one tensor cost what the parts hold, not n
 * times the tensor.
 */
abstract class AddingPullback implements Pullback {

  /** Adds a gradient of the part to its places in a gradient of the whole. */
  abstract void addTo(NdArray target, Tensor g);

  /**
   * Returns whether the part has each place of the whole at most once. If not, gradients of one
   * place must be summed before they are added to what has arrived there: the sums of recorded
   * sweeps, and of checked ones, are made in that order, and all are to have the same bits.
   */
  abstract boolean takesOnce();
}
