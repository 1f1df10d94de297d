package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no safetensors file may be; the messages are part of the test. */
class SafetensorsRefusalTest {

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("a.safetensors");
  }

  private void refused(byte[] bytes, String message) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + message);
  }

  private void refused(String header, int dataLength, String message) throws IOException {
    refused(bytes(header.getBytes(StandardCharsets.UTF_8), dataLength), message);
  }

  private static byte[] bytes(byte[] header, int dataLength) {
    return ByteBuffer.allocate(8 + header.length + dataLength)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  private static String tensor(String name, String dtype, String shape, String offsets) {
    return "\""
        + name
        + "\":{\"dtype\":\""
        + dtype
        + "\",\"shape\":"
        + shape
        + ",\"data_offsets\":"
        + offsets
        + "}";
  }

  private static String only(String dtype, String shape, String offsets) {
    return "{" + tensor("x", dtype, shape, offsets) + "}";
  }

  @ParameterizedTest
  @CsvSource({"0", "7"})
  void lessThanALength(int bytes) throws IOException {
    refused(
        new byte[bytes],
        ": has " + bytes + " bytes; a safetensors file starts with the length of its header, in 8");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3", "100000001, 100000001", "-1, 18446744073709551615"})
  void aLengthThatIsNotThere(long length, String shown) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    refused(
        bytes.array(),
        ", byte 0: the header is said to have "
            + shown
            + " bytes; it must have at least 1, and in this file no more than 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {" {}", "[]", "\uFEFF{}", "\"x\""})
  void anythingButAnObject(String header) throws IOException {
    refused(header, 0, ", byte 8: the header must start with '{', and does not");
  }

  @Test
  void textThatIsNoUtf8() throws IOException {
    byte[] header = "{\"_\":0}".getBytes(StandardCharsets.UTF_8);
    header[2] = (byte) 0xc0;
    refused(bytes(header, 0), ", header: is no UTF-8 text");
  }

  @Test
  void textThatIsNoJson() throws IOException {
    refused(
        "{\"x\" 1}",
        0,
        ", header, character 5: is no valid JSON: Unexpected character ('1' (code 49)): was"
            + " expecting a colon to separate field name and value");
    refused("{}{}", 0, ", header: goes on after the JSON object; nothing may follow it");
  }

  @Test
  void aNameTwice() throws IOException {
    String x = tensor("x", "U8", "[1]", "[0,1]");
    refused(
        "{" + x + "," + x + "}",
        1,
        ", header, character 56: is no valid JSON: Duplicate field 'x'");
  }

  @Test
  void metadataThatIsNoText() throws IOException {
    refused("{\"__metadata__\":{\"a\":1}}", 0, ", __metadata__: \"a\" is no text; it must be one");
    refused(
        "{\"__metadata__\":\"a\"}",
        0,
        ", __metadata__: is no JSON object; it must hold texts by name");
  }

  @Test
  void fieldsOfTheWrongKind() throws IOException {
    refused("{\"x\":1}", 0, ", tensor \"x\": is no JSON object with dtype, shape and data_offsets");
    refused(
        only("F8_E5M2", "[1]", "[0,1]"),
        1,
        ", tensor \"x\": dtype is \"F8_E5M2\"; it must be one of [BOOL, U8, I8, U16, I16, F16, BF16,"
            + " U32, I32, F32, F64, I64]");
    refused(only("U8", "1", "[0,1]"), 1, ", tensor \"x\": shape must be a list of integers");
    refused(only("U8", "[1.0]", "[0,1]"), 1, ", tensor \"x\": shape must be a list of integers");
    refused(
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1]}}",
        1,
        ", tensor \"x\": data_offsets must be a list of integers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[-1]", "[2147483648]", "[65536, 65536]", "[4294967296, 4294967296]"})
  void shapesThatCannotBe(String shape) throws IOException {
    refused(
        only("U8", shape, "[0,0]"),
        0,
        ", tensor \"x\": shape is \""
            + shape
            + "\"; sizes must be 0 or more, and the elements no more than 2147483647");
  }

  @Test
  void anIntegerOfMoreThan64Bits() throws IOException {
    refused(
        only("U8", "[9223372036854775808]", "[0,0]"),
        0,
        ", header, character 28: the integer \"9223372036854775808\" has more than 64 bits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[0]", "[0, 1, 1]", "[1, 0]", "[-1, 0]", "[0, 2]"})
  void offsetsThatCannotBe(String offsets) throws IOException {
    refused(
        only("U8", "[1]", offsets),
        1,
        ", tensor \"x\": data_offsets are \""
            + offsets
            + "\"; they must be [begin, end] within the 1 bytes of data");
  }

  @Test
  void offsetsThatDoNotFitTheShape() throws IOException {
    refused(
        only("F32", "[2, 3]", "[0,20]"),
        20,
        ", tensor \"x\": data_offsets are [0, 20]; F32[2, 3] takes 24 bytes");
  }

  @Test
  void gapsAndOverlaps() throws IOException {
    String end = "; there may be neither gap nor overlap";
    refused(
        only("U8", "[1]", "[1,2]"),
        2,
        ", tensor \"x\": begins at byte 1 of the data and the one before it ends at 0" + end);
    refused(
        "{" + tensor("y", "U8", "[2]", "[1,3]") + "," + tensor("x", "U8", "[2]", "[0,2]") + "}",
        3,
        ", tensor \"y\": begins at byte 1 of the data and the one before it ends at 2" + end);
  }

  @Test
  void bytesOfNoTensor() throws IOException {
    refused(
        only("U8", "[1]", "[0,1]"),
        2,
        ": has 2 bytes of data and its tensors take 1; they must be equal, so the file is cut off"
            + " or damaged");
    refused(
        "{}",
        1,
        ": has 1 bytes of data and its tensors take 0; they must be equal, so the file is cut off"
            + " or damaged");
  }
}
