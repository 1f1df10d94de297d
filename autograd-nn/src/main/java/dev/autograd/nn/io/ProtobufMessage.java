package dev.autograd.nn.io;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A message in the wire format of Protocol Buffers: fields, each with a number and a kind, in the
 * order they are added. As that format has it, a field left out has its default, 0.
 */
final class ProtobufMessage {

  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FOUR_BYTES = 5;

  private static final int KIND_BITS = 3;
  private static final int DIGIT_BITS = 7;
  private static final int MORE = 0x80;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds an integer of a field of type {@code int64}. */
  ProtobufMessage integer(int field, long value) {
    tag(field, VARINT);
    return varint(value);
  }

  /** Adds a number of a field of type {@code double}. */
  ProtobufMessage number(int field, double value) {
    tag(field, EIGHT_BYTES);
    return little(Double.BYTES, Double.doubleToRawLongBits(value));
  }

  /** Adds a number of a field of type {@code float}. */
  ProtobufMessage number(int field, float value) {
    tag(field, FOUR_BYTES);
    return little(Float.BYTES, Float.floatToRawIntBits(value));
  }

  /** Adds a text of a field of type {@code string}. */
  ProtobufMessage text(int field, String value) {
    return delimited(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds numbers of a field of type {@code repeated double}, packed. */
  ProtobufMessage numbers(int field, double... values) {
    tag(field, LENGTH_DELIMITED);
    varint((long) values.length * Double.BYTES);
    for (double value : values) {
      little(Double.BYTES, Double.doubleToRawLongBits(value));
    }
    return this;
  }

  /** Adds a message. */
  ProtobufMessage message(int field, ProtobufMessage value) {
    return delimited(field, value.toBytes());
  }

  /** Returns the encoded message. */
  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private ProtobufMessage delimited(int field, byte[] content) {
    tag(field, LENGTH_DELIMITED);
    varint(content.length);
    bytes.writeBytes(content);
    return this;
  }

  private void tag(int field, int kind) {
    varint((long) field << KIND_BITS | kind);
  }

  /** Adds the digits of an integer to the base 128, the lowest first. */
  private ProtobufMessage varint(long value) {
    long rest = value;
    while (rest >>> DIGIT_BITS != 0) {
      bytes.write((int) (rest & MORE - 1) | MORE);
      rest >>>= DIGIT_BITS;
    }
    bytes.write((int) rest);
    return this;
  }

  /** Adds bytes of a number, the lowest first. */
  private ProtobufMessage little(int count, long value) {
    for (int i = 0; i < count; i++) {
      bytes.write((int) (value >>> (i * Byte.SIZE)));
    }
    return this;
  }
}
