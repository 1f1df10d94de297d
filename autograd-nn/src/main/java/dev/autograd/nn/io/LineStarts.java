package dev.autograd.nn.io;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where the lines of a text begin. Lines end with {@code \n}, {@code \r} or both, whose bytes are
 * part of no other character in UTF-8, so that nothing need be decoded.
 */
final class LineStarts {

  private final InputStream in;
  private final byte[] buffer = new byte[Bytes.MOST];
  private int length;
  private int next;
  private long before;
  private long line = 1;
  private long start;
  private boolean afterReturn;

  LineStarts(InputStream in) {
    this.in = in;
  }

  /**
   * Returns where a line begins that is not above the last one asked for; the end if there is none.
   */
  long of(long wanted) throws IOException {
    while (line < wanted && (next < length || fill())) {
      byte b = buffer[next++];
      if (b == '\n' && afterReturn) {
        start++;
      } else if (b == '\n' || b == '\r') {
        line++;
        start = before + next;
      }
      afterReturn = b == '\r';
    }
    // The second half of a line break may be all that is left of the line before.
    if (afterReturn && (next < length || fill()) && buffer[next] == '\n') {
      next++;
      start++;
      afterReturn = false;
    }
    return start;
  }

  private boolean fill() throws IOException {
    before += length;
    next = 0;
    length = Math.max(0, in.read(buffer));
    return length > 0;
  }
}
