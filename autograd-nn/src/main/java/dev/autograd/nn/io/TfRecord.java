package dev.autograd.nn.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The frame of a record in TensorFlow's files: the length, its checksum, the payload, its checksum.
 * The checksums are CRC-32C, masked so that one of data that holds checksums is as good as any.
 */
final class TfRecord {

  private static final int MASK_ROTATION = 15;
  private static final int MASK_DELTA = 0xa282ead8;

  private TfRecord() {}

  /** Returns a payload in its frame. */
  static byte[] of(byte[] payload) {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + payload.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(payload.length);
    return record
        .putInt(maskedChecksum(ByteBuffer.wrap(record.array(), 0, Long.BYTES)))
        .put(payload)
        .putInt(maskedChecksum(ByteBuffer.wrap(payload)))
        .array();
  }

  /** Returns the masked checksum of bytes. */
  static int maskedChecksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK_DELTA;
  }
}
