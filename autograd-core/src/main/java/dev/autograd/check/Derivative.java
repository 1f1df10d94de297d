package dev.autograd.check;

import java.util.List;

/**
 * A function with the gradient that is claimed for it: what central differences are held against.
 */
interface Derivative {

  /** Returns the inputs, at the values to check. */
  List<Block> blocks();

  /**
   * Returns the elements of the function's value.
   *
   * @param at the values of the inputs
   * @param place where that is, for messages
   * @throws IllegalArgumentException if the value cannot be checked
   */
  double[] value(double[][] at, Place place);

  /** Returns the claimed gradient of {@code Σ weights · value} at the given inputs. */
  Claim claim(double[] weights);

  /** Returns how messages name an element of the value. */
  String valueLabel(int element);

  /** Returns what the reported figures are divided by. */
  double unit(double[] weights);
}
