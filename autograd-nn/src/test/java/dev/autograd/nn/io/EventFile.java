package dev.autograd.nn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A reader of TensorBoard's logs that shares no code with the writer: frames, checksums by their
 * definition (bit by bit), and messages as fields.
 */
public final class EventFile {

  private EventFile() {}

  /** A field of a message: a {@code Long}, {@code Double}, {@code Float} or {@code byte[]}. */
  public record Field(int number, Object value) {

    public double asDouble() {
      return ((Number) value).doubleValue();
    }

    public String asText() {
      return new String((byte[]) value, StandardCharsets.UTF_8);
    }

    public List<Field> asMessage() {
      return message((byte[]) value);
    }

    public double[] asDoubles() {
      ByteBuffer bytes = little((byte[]) value);
      double[] values = new double[bytes.remaining() / 8];
      bytes.asDoubleBuffer().get(values);
      return values;
    }
  }

  /** Returns the only field of a number. */
  public static Field field(List<Field> message, int number) {
    List<Field> found = message.stream().filter(field -> field.number() == number).toList();
    if (found.size() != 1) {
      throw new AssertionError("field " + number + " is there " + found.size() + " times");
    }
    return found.get(0);
  }

  /** Returns the events of a file, each a message. */
  public static List<List<Field>> read(Path file) throws IOException {
    ByteBuffer bytes = little(Files.readAllBytes(file));
    List<List<Field>> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = take(bytes, 8);
      requireChecksum(length, bytes.getInt());
      byte[] payload = take(bytes, (int) little(length).getLong());
      requireChecksum(payload, bytes.getInt());
      events.add(message(payload));
    }
    return events;
  }

  private static void requireChecksum(byte[] bytes, int masked) {
    int rotated = masked - 0xa282ead8;
    int checksum = rotated >>> 17 | rotated << 15;
    if (checksum != crc32c(bytes)) {
      throw new AssertionError("a checksum is wrong");
    }
  }

  /** Returns CRC-32C: reflected, with the polynomial 0x1EDC6F41. */
  static int crc32c(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    return ~crc;
  }

  private static List<Field> message(byte[] content) {
    ByteBuffer bytes = little(content);
    List<Field> fields = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int tag = (int) varint(bytes);
      Object value =
          switch (tag & 7) {
            case 0 -> varint(bytes);
            case 1 -> bytes.getDouble();
            case 2 -> take(bytes, (int) varint(bytes));
            case 5 -> bytes.getFloat();
            default -> throw new AssertionError("kind " + (tag & 7));
          };
      fields.add(new Field(tag >>> 3, value));
    }
    return fields;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte digit = bytes.get();
      value |= (digit & 0x7fL) << shift;
      if (digit >= 0) {
        return value;
      }
    }
  }

  private static byte[] take(ByteBuffer bytes, int count) {
    byte[] taken = new byte[count];
    bytes.get(taken);
    return taken;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
