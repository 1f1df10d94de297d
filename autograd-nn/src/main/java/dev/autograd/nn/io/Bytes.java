package dev.autograd.nn.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/** Bytes of a file, from front to back. */
@FunctionalInterface
interface Bytes {

  /** The most bytes to ask for at a time. */
  int MOST = 1 << 14;

  /** The most bytes of a file that are mapped at a time. */
  long WINDOW = 1 << 30;

  /**
   * Returns exactly so many of the next bytes, valid until the next call.
   *
   * @throws EOFException if there are fewer
   */
  ByteBuffer next(int count) throws IOException;

  /** Returns the bytes of a stream, through one small buffer. */
  static Bytes of(InputStream in) {
    byte[] buffer = new byte[MOST];
    return count -> {
      int read = in.readNBytes(buffer, 0, count);
      if (read < count) {
        throw new EOFException((count - read) + " bytes are missing");
      }
      return ByteBuffer.wrap(buffer, 0, count);
    };
  }

  /** Returns how many bytes a stream has left; more than {@code most}, no matter how many. */
  static long count(InputStream in, long most) throws IOException {
    byte[] buffer = new byte[MOST];
    long count = 0;
    for (int n = in.read(buffer); n >= 0 && count <= most; n = in.read(buffer)) {
      count += n;
    }
    return count;
  }

  /**
   * Returns the bytes of a file from one place to another, mapped into memory window by window
   * where the file system can. Windows are unmapped by the garbage collector.
   */
  static Bytes of(FileChannel channel, long from, long to) {
    return new Bytes() {
      private ByteBuffer window = ByteBuffer.allocate(0);
      private long position = from;

      @Override
      public ByteBuffer next(int count) throws IOException {
        if (window.remaining() < count) {
          window = window(channel, position, to);
        }
        ByteBuffer bytes = window.slice(window.position(), count);
        window.position(window.position() + count);
        position += count;
        return bytes;
      }
    };
  }

  /**
   * Fills a buffer up to its limit with the bytes at a place of a file.
   *
   * @throws EOFException if there are fewer
   */
  static void fill(FileChannel channel, long from, ByteBuffer target) throws IOException {
    long position = from;
    while (target.hasRemaining()) {
      int n = channel.read(target, position);
      if (n < 0) {
        throw new EOFException("it became shorter since it was opened");
      }
      position += n;
    }
  }

  private static ByteBuffer window(FileChannel channel, long from, long to) throws IOException {
    // A mapping that reaches beyond the end is an access to memory that is not there.
    if (channel.size() < to) {
      throw new EOFException("it became shorter while it was read");
    }
    try {
      return channel.map(MapMode.READ_ONLY, from, Math.min(WINDOW, to - from));
    } catch (UnsupportedOperationException e) {
      ByteBuffer copy = ByteBuffer.allocate((int) Math.min(MOST, to - from));
      int read = 0;
      while (copy.hasRemaining() && read >= 0) {
        read = channel.read(copy, from + copy.position());
      }
      return copy.flip();
    }
  }
}
