package dev.autograd.testkit;

/**
 * Four arbitrary numbers that decide one instruction of a random graph. Every sequence of genes
 * makes a valid graph, so that a failing one can be shortened and simplified freely, by jqwik or by
 * any other tool that shrinks lists of numbers.
 *
 * @param op which operation
 * @param first which value is the first operand, 0 being the newest
 * @param second which of the values that fit is the second operand, 0 being the newest
 * @param number decides axes and indices
 */
public record Gene(int op, int first, int second, int number) {

  /** How many numbers differ in effect: a gene's numbers are from 0 to this, exclusive. */
  public static final int RANGE = 1000;

  /**
   * Returns a gene, after checking its numbers.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Gene {
    if (op < 0 || first < 0 || second < 0 || number < 0) {
      throw new IllegalArgumentException(
          "gene: the numbers are "
              + op
              + ", "
              + first
              + ", "
              + second
              + " and "
              + number
              + "; all must be 0 or more");
    }
  }
}
