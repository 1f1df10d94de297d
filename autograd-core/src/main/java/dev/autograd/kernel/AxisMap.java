package dev.autograd.kernel;

/**
 * The functions of a whole row of numbers, with a row as result, that {@link Kernels#mapAxis}
 * applies.
 */
public enum AxisMap {
  /** e^(x - max) / Σ e^(x - max); NaN for a row of -∞ only. */
  SOFTMAX,
  /** x - logSumExp(x); NaN where SOFTMAX is. */
  LOG_SOFTMAX,
  /**
   * The derivative of logSumExp: SOFTMAX, but zeros for a row of -∞ only, and equal shares among
   * the +∞ of a row that has some.
   */
  LOG_SUM_EXP_WEIGHTS,
  /** For each element the product of all others, exact with zeros; 1 for a row of one. */
  PRODUCT_OF_OTHERS,
  /** For each element the sum of it and all before it. Accumulated in double precision. */
  CUMULATIVE_SUM,
  /** For each element the sum of it and all behind it. Accumulated in double precision. */
  SUM_TO_END,
  /** For each element the product of it and all before it. */
  CUMULATIVE_PRODUCT,
  /** x minus the mean of the row; exactly 0 if all are equal, NaN if one is infinite. */
  CENTRED
}
