package dev.autograd.examples.text;

import java.util.Arrays;

/**
 * The characters of a text, as numbers from 0 in their order.
 *
 * @param characters each once, in order
 */
public record Alphabet(String characters) {

  /** Returns the characters that occur in a text. */
  public static Alphabet of(String text) {
    return new Alphabet(
        text.chars()
            .sorted()
            .distinct()
            .collect(StringBuilder::new, (b, c) -> b.append((char) c), StringBuilder::append)
            .toString());
  }

  /** Returns the number of characters. */
  public int size() {
    return characters.length();
  }

  /**
   * Returns the numbers of a text's characters.
   *
   * @throws IllegalArgumentException if one is not in the alphabet
   */
  public int[] encode(String text) {
    return text.chars().map(this::number).toArray();
  }

  private int number(int character) {
    int place = Arrays.binarySearch(characters.toCharArray(), (char) character);
    if (place < 0) {
      throw new IllegalArgumentException(
          "'" + (char) character + "' is none of the characters of the text that was learned");
    }
    return place;
  }

  /** Returns the character of a number. */
  public char decode(int number) {
    return characters.charAt(number);
  }
}
