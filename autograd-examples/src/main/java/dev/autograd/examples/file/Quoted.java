package dev.autograd.examples.file;

/** Foreign text inside a message. */
public final class Quoted {

  private static final int LONGEST = 40;

  private Quoted() {}

  /**
   * Returns a text in quotation marks, on one line: control characters become spaces, and what is
   * longer than 40 characters is cut.
   */
  public static String of(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST
        ? '"' + line + '"'
        : '"' + line.substring(0, LONGEST - 3) + "...\"";
  }
}
