package dev.autograd.examples.text;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.data.Rows;

/**
 * A text cut into windows of one length: each character is an input, and the character after it is
 * what shall be answered. A data set of one's own needs two methods.
 */
public final class Windows implements Dataset<Examples> {

  private final int length;
  private final int[] characters;

  private Windows(int length, int... characters) {
    this.length = length;
    this.characters = characters;
  }

  /**
   * Returns the windows of a text.
   *
   * @param length the characters per window
   * @param characters the numbers of the text's characters
   */
  public static Windows of(int length, int... characters) {
    return new Windows(length, characters.clone());
  }

  /** Returns the number of windows; what is left at the end is not used. */
  @Override
  public int size() {
    return (characters.length - 1) / length;
  }

  /** Returns windows as inputs and answers, indices {@code [n, length]} each. */
  @Override
  public Examples rows(int... rows) {
    Rows.requireThere(size(), rows);
    return new Examples(cut(0, rows), cut(1, rows));
  }

  private Tensor cut(int shift, int... rows) {
    int[] all = new int[rows.length * length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(characters, rows[i] * length + shift, all, i * length, length);
    }
    return Tensor.wrap(Shape.of(rows.length, length), all);
  }
}
