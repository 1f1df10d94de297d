package dev.autograd.nn.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Text in UTF-8, without a byte order mark. Unlike the JDK's readers it says on which line bytes
 * are that are no such text.
 */
final class Utf8Reader extends Reader {

  private static final int SIZE = 1 << 13;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String source;
  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).flip();
  private final CharBuffer chars = CharBuffer.allocate(SIZE).flip();
  private boolean started;
  private boolean ended;
  private long line = 1;

  /**
   * Makes a reader, which closes the stream with itself.
   *
   * @param source the stream's name, for messages
   */
  Utf8Reader(String source, InputStream in) {
    this.source = source;
    this.in = in;
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    while (!chars.hasRemaining()) {
      if (!fill()) {
        return -1;
      }
    }
    int n = Math.min(length, chars.remaining());
    chars.get(target, from, n);
    for (int i = from; i < from + n; i++) {
      line += target[i] == '\n' ? 1 : 0;
    }
    return n;
  }

  /** Decodes what comes next, if anything does. */
  private boolean fill() throws IOException {
    CoderResult result = decode();
    while (!chars.hasRemaining() && result.isUnderflow() && !ended) {
      bytes.compact();
      int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = n < 0;
      bytes.position(bytes.position() + Math.max(n, 0)).flip();
      result = decode();
    }
    // What was decoded before the wrong bytes is delivered first, so that the line is right.
    if (!chars.hasRemaining() && result.isError()) {
      throw new FormatException(
          source + ", line " + line, "is no UTF-8 text; save the file in UTF-8");
    }
    if (!started && chars.hasRemaining()) {
      started = true;
      if (chars.get(chars.position()) == BYTE_ORDER_MARK) {
        chars.get();
      }
    }
    return chars.hasRemaining() || !ended || bytes.hasRemaining();
  }

  private CoderResult decode() {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, ended);
    chars.flip();
    return result;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
