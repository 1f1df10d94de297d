package dev.autograd.examples.text;

import java.util.stream.IntStream;

/** How often characters occur: what a model must beat that remembers something. */
public final class Frequencies {

  /** What telling each character costs, by its frequency. */
  private final double[] bits;

  private Frequencies(double... bits) {
    this.bits = bits;
  }

  /**
   * Returns the costs by the frequencies of a text; each character is counted once more than it
   * occurs, so that none is impossible.
   *
   * @param characters the size of the alphabet
   */
  public static Frequencies of(int characters, int... text) {
    double[] bits = new double[characters];
    for (int c : text) {
      bits[c]++;
    }
    for (int c = 0; c < characters; c++) {
      bits[c] = -Math.log((bits[c] + 1) / (text.length + characters)) / Math.log(2);
    }
    return new Frequencies(bits);
  }

  /** Returns the mean cost of a text's characters, in bits. */
  public double mean(int... text) {
    return IntStream.of(text).mapToDouble(c -> bits[c]).average().orElse(Double.NaN);
  }
}
