package dev.autograd.nn.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The checksum of what a safetensors file holds, which it keeps among its texts: CRC-32C of its
 * header, without this text and without padding, and of its data.
 *
 * <p>The header is that of {@link SafetensorsHeader#text()}, made anew of what was read, so that
 * only content counts: other programs may pad it or sort its texts as they like.
 */
final class Checksum {

  /** The name of the text. */
  static final String NAME = "autograd.crc32c";

  private final CRC32C sum = new CRC32C();

  private Checksum(SafetensorsHeader header) {
    sum.update(header.withoutText(NAME).text().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the checksum of a layout, whose tensors are gone through for it. */
  static String of(SafetensorsLayout layout) throws IOException {
    Checksum checksum = new Checksum(layout.header());
    layout.writeData(new CheckedOutputStream(OutputStream.nullOutputStream(), checksum.sum));
    return checksum.digits();
  }

  /**
   * Returns the checksum of a header and so many bytes of data, of which few are held at a time.
   */
  static String of(SafetensorsHeader header, Bytes data, long length) throws IOException {
    Checksum checksum = new Checksum(header);
    for (long left = length; left > 0; left -= Math.min(left, Bytes.MOST)) {
      checksum.sum.update(data.next((int) Math.min(left, Bytes.MOST)));
    }
    return checksum.digits();
  }

  private String digits() {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
