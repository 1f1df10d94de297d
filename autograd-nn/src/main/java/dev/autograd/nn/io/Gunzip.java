package dev.autograd.nn.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Streams that may be compressed with gzip, which their first two bytes tell. */
final class Gunzip {

  private static final int FIRST = 0x1f;
  private static final int SECOND = 0x8b;

  private Gunzip() {}

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
