package dev.autograd.nn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where the bytes of an entry lie in a zip archive, which {@link java.util.zip.ZipFile} does not
 * tell: for entries that are stored as they are, and can so be read at any place.
 *
 * <p>Source: PKWARE, .ZIP file format specification, 4.3.7 (local header), 4.3.12 (directory) and
 * 4.5.3 (ZIP64).
 */
final class ZipPlace {

  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int WIDE_FIELD = 0x0001;
  private static final int FIELD_HEADER_BYTES = 4;

  /** A number that says that the field of ZIP64 has it. */
  private static final int NOT_HERE = 0xffffffff;

  private ZipPlace() {}

  /**
   * Returns where the bytes of an entry begin.
   *
   * @param name the entry's, as the archive has it
   * @param length how many bytes it has
   * @throws FormatException if there is no such entry, or they would lie outside of the file
   */
  static long of(Path file, FileChannel channel, String name, long length) throws IOException {
    ZipEnd end = ZipEnd.of(file, channel);
    ByteBuffer wanted = ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8));
    long at = end.directory();
    for (long i = 0; i < end.entries(); i++) {
      ByteBuffer entry = ZipEnd.read(channel, at, ZipEnd.ENTRY_BYTES);
      if (entry.getInt(0) != ENTRY_SIGNATURE) {
        break;
      }
      int nameBytes = entry.getShort(28) & 0xffff;
      int extraBytes = entry.getShort(30) & 0xffff;
      long nameAt = at + ZipEnd.ENTRY_BYTES;
      if (nameBytes == wanted.remaining()
          && ZipEnd.read(channel, nameAt, nameBytes).equals(wanted)) {
        ByteBuffer extra = ZipEnd.read(channel, nameAt + nameBytes, extraBytes);
        return data(file, channel, name, header(entry, extra), length);
      }
      at = nameAt + nameBytes + extraBytes + (entry.getShort(32) & 0xffff);
    }
    throw damaged(file, name);
  }

  /** Returns where the local header of an entry is; -1 if that is not said. */
  private static long header(ByteBuffer entry, ByteBuffer extra) {
    int at = entry.getInt(42);
    if (at != NOT_HERE) {
      return Integer.toUnsignedLong(at);
    }
    // Before it, the field has those of the two sizes that are not in the entry either.
    int before =
        (entry.getInt(24) == NOT_HERE ? Long.BYTES : 0)
            + (entry.getInt(20) == NOT_HERE ? Long.BYTES : 0);
    while (extra.remaining() >= FIELD_HEADER_BYTES) {
      int kind = extra.getShort() & 0xffff;
      int bytes = Math.min(extra.getShort() & 0xffff, extra.remaining());
      if (kind == WIDE_FIELD) {
        return bytes < before + Long.BYTES ? -1 : extra.getLong(extra.position() + before);
      }
      extra.position(extra.position() + bytes);
    }
    return -1;
  }

  private static long data(Path file, FileChannel channel, String name, long header, long length)
      throws IOException {
    ByteBuffer local = ZipEnd.read(channel, header, LOCAL_BYTES);
    long at = header + LOCAL_BYTES + (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
    if (local.getInt(0) != LOCAL_SIGNATURE || at > channel.size() - length) {
      throw damaged(file, name);
    }
    return at;
  }

  private static FormatException damaged(Path file, String name) {
    return new FormatException(
        file.toString(),
        "does not say where the bytes of its entry "
            + FormatException.quote(name)
            + " are; read it whole, or write it again");
  }
}
