package dev.autograd.nn.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Streams that may be compressed with gzip, which their first two bytes tell. */
final class Gunzip {

  private static final int FIRST = 0x1f;
  private static final int SECOND = 0x8b;

  private Gunzip() {}

  /** Returns whether a file is compressed. */
  static boolean isCompressed(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == FIRST && in.read() == SECOND;
    }
  }

  /**
   * Requires a file in which rows can be found.
   *
   * @throws IllegalArgumentException if it is compressed
   */
  static void requireNone(Path file, String otherwise) throws IOException {
    if (isCompressed(file)) {
      throw new IllegalArgumentException(
          "rows: "
              + file
              + " is compressed, and can only be read from its beginning; unpack it with gunzip, or "
              + otherwise);
    }
  }

  /** Returns a stream, buffered, and unpacked if it is compressed. */
  static InputStream ifCompressed(InputStream in) throws IOException {
    InputStream buffered = new BufferedInputStream(in, Bytes.MOST);
    try {
      buffered.mark(2);
      boolean compressed = buffered.read() == FIRST && buffered.read() == SECOND;
      buffered.reset();
      return compressed ? new GZIPInputStream(buffered, Bytes.MOST) : buffered;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
