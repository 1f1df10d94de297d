package dev.autograd.kernel;

/**
 * What a normalisation is over: the numbers of {@code [outer, groups, inner]} that share the middle
 * index are one group, and get common statistics.
 *
 * @param outer sizes before the groups, multiplied
 * @param groups how many groups there are
 * @param inner sizes behind the groups, multiplied
 * @param centered whether the mean is taken off; else the variance is the mean square
 * @param eps what is added to the variance, not negative
 */
public record Standardization(int outer, int groups, int inner, boolean centered, double eps) {

  /** Returns how many numbers a group has. */
  public int count() {
    return outer * inner;
  }
}
