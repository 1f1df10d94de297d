package dev.autograd.nn.io;

/**
 * A file is not what it should be: damaged, cut off, or of another format. The message is one line:
 * the file, where in it, what is wrong, and what would be right.
 */
public final class FormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_QUOTE = 40;

  /**
   * Makes the exception {@code place: problem}.
   *
   * @param place the file's name and where in it, as in {@code "a.npy, byte 10"}
   * @param problem what is wrong, and what would be right
   */
  public FormatException(String place, String problem) {
    super(oneLine(place + ": " + problem));
  }

  /** Makes the exception {@code place: problem} for something that another reader found. */
  public FormatException(String place, String problem, Throwable cause) {
    super(oneLine(place + ": " + problem), cause);
  }

  /**
   * Returns foreign text for a message: in quotation marks, on one line, with control characters as
   * spaces, and cut if longer than 40 characters.
   */
  public static String quote(String text) {
    String line = oneLine(text);
    return line.length() <= LONGEST_QUOTE
        ? '"' + line + '"'
        : '"' + line.substring(0, LONGEST_QUOTE - 3) + "...\"";
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
  }
}
