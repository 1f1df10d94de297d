package dev.autograd.nn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The end of a zip archive, which says where its directory is and how many entries it has. Before
 * Java 25 {@link java.util.zip.ZipFile} makes tables for so many, believing a file of 200 bytes
 * that claims a billion; so it is looked at first.
 *
 * <p>Source: PKWARE, .ZIP file format specification, 4.3.14 to 4.3.16.
 *
 * @param directory where the directory begins
 * @param bytes how many it has
 * @param entries how many entries
 */
record ZipEnd(long directory, long bytes, long entries) {

  /** The least bytes of an entry in the directory. */
  static final int ENTRY_BYTES = 46;

  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int WIDE_END_SIGNATURE = 0x06064b50;
  private static final int WIDE_END_BYTES = 56;

  /** Numbers that say that the wide end, of an archive in the format ZIP64, has them. */
  private static final int NOT_HERE_2 = 0xffff;

  private static final long NOT_HERE_4 = 0xffffffffL;

  /**
   * Returns the end of an archive.
   *
   * @throws FormatException if it is no zip archive, if its directory cannot hold the entries that
   *     it is said to have, or if it has a comment at its end, which could hide another end from
   *     this look at it
   */
  static ZipEnd of(Path file, FileChannel channel) throws IOException {
    long at = channel.size() - END_BYTES;
    ByteBuffer end = read(channel, at, END_BYTES);
    if (end.getInt(0) != END_SIGNATURE || end.getShort(20) != 0) {
      throw new FormatException(
          file.toString(),
          "is no zip archive, has a comment, or is cut off; it must end with the end of a"
              + " directory, of "
              + END_BYTES
              + " bytes");
    }
    ZipEnd found =
        new ZipEnd(
            Integer.toUnsignedLong(end.getInt(16)),
            Integer.toUnsignedLong(end.getInt(12)),
            end.getShort(10) & 0xffff);
    if (found.entries != NOT_HERE_2 && found.bytes != NOT_HERE_4) {
      found.requireRoom(file, channel.size());
    }
    ByteBuffer locator = read(channel, at - LOCATOR_BYTES, LOCATOR_BYTES);
    if (locator.getInt(0) == LOCATOR_SIGNATURE) {
      ByteBuffer wide = read(channel, locator.getLong(8), WIDE_END_BYTES);
      if (wide.getInt(0) == WIDE_END_SIGNATURE) {
        found = new ZipEnd(wide.getLong(48), wide.getLong(40), wide.getLong(32));
        found.requireRoom(file, channel.size());
      }
    }
    return found;
  }

  /** Returns bytes of a file; zeros where it has none. */
  static ByteBuffer read(FileChannel channel, long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    if (from >= 0 && from <= channel.size() - count) {
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) {
        read = channel.read(bytes, from + bytes.position());
      }
    }
    return bytes.rewind();
  }

  private void requireRoom(Path file, long length) {
    long most = Math.min(bytes, length) / ENTRY_BYTES;
    if (entries < 0 || entries > most) {
      throw new FormatException(
          file.toString(),
          "is said to have "
              + Long.toUnsignedString(entries)
              + " entries; its directory has room for "
              + Math.max(0, most));
    }
  }
}
