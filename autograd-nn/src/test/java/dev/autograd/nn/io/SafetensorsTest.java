package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.hex;
import static dev.autograd.nn.io.Fixtures.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.ClosedTapeException;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

  /** The header that the reference implementation writes for {@link #example()}. */
  private static final String HEADER =
      "{\"s\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
          + "\"b\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[8,24]},"
          + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,2],\"data_offsets\":[24,24]},"
          + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[24,48]}}";

  @TempDir private Path folder;

  /** The example of the format notes: a number, a vector, nothing and a matrix. */
  private static Map<String, Tensor> example() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", Tensor.of(Shape.of(2, 3), 1f, 2f, 3f, 4f, 5f, -0f));
    tensors.put("b", Tensor.of(0.5, Double.NaN));
    tensors.put("e", Tensor.zeros(DType.F32, 0, 2));
    tensors.put("s", Tensor.wrap(Shape.SCALAR, new long[] {(1L << 53) + 1}));
    return tensors;
  }

  private static byte[] bytesOf(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }

  private Path file(String header, byte... data) throws IOException {
    return Files.write(folder.resolve("a.safetensors"), bytesOf(header, data));
  }

  // ---------------------------------------------------------------- writing

  @Test
  void writesTheBytesOfTheFormat() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, example());
    byte[] data =
        ByteBuffer.allocate(48)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong((1L << 53) + 1)
            .putDouble(0.5)
            .putDouble(Double.NaN)
            .putFloat(1)
            .putFloat(2)
            .putFloat(3)
            .putFloat(4)
            .putFloat(5)
            .putFloat(-0f)
            .array();
    String padded = HEADER + " ".repeat((8 - HEADER.length() % 8) % 8);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytesOf(padded, data));
  }

  @Test
  void textsComeFirstAndSpacesFillUpToAMultipleOf8() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, example(), Map.of("format", "pt", "a", "1"));
    byte[] bytes = Files.readAllBytes(file);
    String header =
        "{\"__metadata__\":{\"a\":\"1\",\"format\":\"pt\"}," + HEADER.substring(1) + "    ";
    // 264 bytes, as the format notes say of the example with a few texts.
    assertThat(header).hasSize(264);
    assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong()).isEqualTo(264);
    assertThat(new String(bytes, 8, 264, StandardCharsets.UTF_8)).isEqualTo(header);
  }

  @Test
  void equalContentGivesEqualBytes() throws IOException {
    Map<String, Tensor> backwards = new LinkedHashMap<>();
    backwards.put("s", in(example(), "s"));
    example().forEach(backwards::putIfAbsent);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Safetensors.write(one, example(), Map.of("a", "1", "b", "2", "c", "3"));
    Safetensors.write(two, backwards, new TreeMap<>(Map.of("b", "2", "c", "3", "a", "1")));
    assertThat(two).hasSameBinaryContentAs(one);
  }

  @Test
  void namesAreSortedAsCodePoints() {
    Path file = folder.resolve("a.safetensors");
    Tensor x = Tensor.scalar(1);
    Safetensors.write(file, Map.of("\uD83D\uDE00", x, "\uFF5E", x, "a\"\\\n\u0001é", x));
    try (Safetensors opened = Safetensors.open(file)) {
      assertThat(opened.names()).containsExactly("a\"\\\n\u0001é", "\uFF5E", "\uD83D\uDE00");
    }
  }

  @Test
  void namesThatCannotBeWrittenAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.safetensors"), "old");
    Map<String, Tensor> reserved = Map.of("__metadata__", Tensor.scalar(1));
    assertThatThrownBy(() -> Safetensors.write(file, reserved))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("safetensors: no tensor can be called \"__metadata__\"; give it another name");
    Map<String, String> half = Map.of("k", "\uD83D");
    assertThatThrownBy(() -> Safetensors.write(file, Map.of(), half))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half of a surrogate pair");
    assertThat(Files.readString(file)).isEqualTo("old");
  }

  @Test
  void anUnreadableTensorLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.safetensors"), "old");
    Tape tape = Tape.open();
    Tensor dead = Tensor.of(1, 2).mul(2);
    tape.close();
    assertThatThrownBy(() -> Safetensors.write(file, Map.of("x", dead)))
        .isInstanceOf(ClosedTapeException.class);
    assertThat(Files.readString(file)).isEqualTo("old");
  }

  // ---------------------------------------------------------------- reading

  @Test
  void readsWhatItWrites() {
    Path file = folder.resolve("a.safetensors");
    Map<String, Tensor> written = new LinkedHashMap<>(example());
    written.put("m", Tensor.wrap(Shape.of(3), new boolean[] {true, false, true}));
    written.put("i", Tensor.wrap(Shape.of(1, 2), new int[] {Integer.MIN_VALUE, 7}));
    Safetensors.write(file, written, Map.of("k", "v"));
    Map<String, Tensor> read = Safetensors.read(file);
    assertThat(read).containsOnlyKeys("s", "b", "e", "w", "m", "i");
    assertThat(in(read, "s").dtype()).isEqualTo(DType.I64);
    assertThat(in(read, "s").shape()).isEqualTo(Shape.SCALAR);
    assertThat(in(read, "s").toLongArray()).containsExactly((1L << 53) + 1);
    assertThat(in(read, "b").toDoubleArray()).containsExactly(0.5, Double.NaN);
    assertThat(in(read, "e").shape()).isEqualTo(Shape.of(0, 2));
    assertThat(in(read, "w").shape()).isEqualTo(Shape.of(2, 3));
    assertThat(in(read, "w").toFloatArray()).containsExactly(1, 2, 3, 4, 5, -0f);
    assertThat(in(read, "m").dtype()).isEqualTo(DType.BOOL);
    assertThat(in(read, "m").toLongArray()).containsExactly(1, 0, 1);
    assertThat(in(read, "i").dtype()).isEqualTo(DType.I32);
    assertThat(in(read, "i").toLongArray()).containsExactly(Integer.MIN_VALUE, 7);
  }

  @Test
  void readsOneTensorAtATime() {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, example(), Map.of("k", "v"));
    try (Safetensors opened = Safetensors.open(file)) {
      assertThat(opened.names()).containsExactly("s", "b", "e", "w");
      assertThat(opened.metadata()).containsExactly(Map.entry("k", "v"));
      assertThat(opened.shape("w")).isEqualTo(Shape.of(2, 3));
      assertThat(opened.dtype("w")).isEqualTo(DType.F32);
      assertThat(opened.tensor("w", DType.F64).toDoubleArray())
          .containsExactly(1, 2, 3, 4, 5, -0.0);
      assertThatThrownBy(() -> opened.tensor("v"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(file + ": there is no tensor \"v\"; see names()");
    }
  }

  @Test
  void whatIsReadBelongsToNoTape() {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, example());
    Tape tape = Tape.open();
    Map<String, Tensor> read = Safetensors.read(file);
    tape.close();
    assertThat(in(read, "w").item(1, 1)).isEqualTo(5);
    assertThat(in(read, "s").toLongArray()).hasSize(1);
  }

  @Test
  void widensOtherTypesExactly() throws IOException {
    Path file =
        file(
            "{\"h\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[0,6]},"
                + "\"g\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[6,10]},"
                + "\"u\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[10,12]},"
                + "\"i\":{\"dtype\":\"I8\",\"shape\":[2],\"data_offsets\":[12,14]},"
                + "\"v\":{\"dtype\":\"U16\",\"shape\":[1],\"data_offsets\":[14,16]},"
                + "\"j\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[16,18]},"
                + "\"x\":{\"dtype\":\"U32\",\"shape\":[1],\"data_offsets\":[18,22]},"
                + "\"b\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[22,24]}}",
            hex("003c 5535 0180 c03f 80ff ff00 ff80 ffff ffff ffffffff 0001"));
    Map<String, Tensor> read = Safetensors.read(file);
    assertThat(in(read, "h").toFloatArray()).containsExactly(1, 0x1.554p-2f, -0x1p-24f);
    assertThat(in(read, "g").toFloatArray()).containsExactly(1.5f, Float.NEGATIVE_INFINITY);
    assertThat(in(read, "u").toLongArray()).containsExactly(255, 0);
    assertThat(in(read, "i").toLongArray()).containsExactly(-1, -128);
    assertThat(in(read, "v").toLongArray()).containsExactly(65535);
    assertThat(in(read, "j").toLongArray()).containsExactly(-1);
    assertThat(in(read, "x").toLongArray()).containsExactly(4294967295L);
    assertThat(in(read, "b").toLongArray()).containsExactly(0, 1);
    try (Safetensors opened = Safetensors.open(file)) {
      assertThat(opened.tensor("u", DType.F32).toFloatArray()).containsExactly(255, 0);
      assertThat(opened.tensor("b", DType.F64).toDoubleArray()).containsExactly(0, 1);
    }
  }

  @Test
  void aFileCutOffAfterOpeningIsFoundOut() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, Map.of("x", Tensor.zeros(DType.F64, 10_000)));
    try (Safetensors opened = Safetensors.open(file)) {
      Files.write(file, new byte[100]);
      assertThatThrownBy(() -> opened.tensor("x"))
          .isInstanceOf(FormatException.class)
          .hasMessage(
              file
                  + ": is cut off (it became shorter while it was read); fetch it, or write it, again");
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = folder.resolve("none");
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + ": there is no such file; check the path");
    assertThatThrownBy(() -> Safetensors.open(folder))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(folder + ": is a directory; name a file in it");
  }

  // ---------------------------------------------------------------- verdicts of the reference

  @Test
  void acceptsWhatTheReferenceAccepts() throws IOException {
    assertThat(Safetensors.read(file("{}"))).isEmpty();
    assertThat(Safetensors.read(file("{\"__metadata__\":{\"a\":\"b\"}}  "))).isEmpty();
    String more = "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"more\":[null]}}";
    assertThat(in(Safetensors.read(file(more, (byte) 7)), "x").toLongArray()).containsExactly(7);
  }
}
