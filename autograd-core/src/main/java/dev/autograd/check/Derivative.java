package dev.autograd.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * @throws Undefined if it is not defined or not finite, next to the given inputs
   * @throws IllegalArgumentException if the value cannot be checked
   */
  double[] value(double[][] at, Place place);

  /** Returns the claimed gradient of {@code Σ weights · value}. */
  Claim claim(double[][] at, double[] weights);

  /**
   * Returns the claimed gradient at the given inputs as it would be if nothing stopped gradients;
   * null if nothing does, or it cannot be told.
   */
  @Nullable Claim claimThroughStops(double[] weights);

  /** Returns the order of the derivative that is checked. */
  int order();

  /** Returns how accurately values are computed. */
  Precision valuePrecision();

  /** Returns how accurately claims are computed. */
  Precision claimPrecision();

  /**
   * Returns the magnitudes that elements of the value would naturally have; a value far below is
   * what rounding left of them. Zeros if nothing is known.
   */
  double[] naturalValues(int count);

  /** Returns how messages name an element of the value. */
  String valueLabel(int element);

  /** Returns what the reported figures are divided by. */
  double unit(double[] weights);
}
