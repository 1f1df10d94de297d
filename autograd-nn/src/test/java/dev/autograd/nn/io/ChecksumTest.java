package dev.autograd.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checksum of a safetensors file; the sums are of another implementation of CRC-32C. */
class ChecksumTest {

  /** What {@link #example()} is in a file without its checksum, header and data. */
  private static final String HEADER =
      "{\"__metadata__\":{\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

  private static final String SUM = "9cb54c44";

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("a.safetensors");
  }

  private static Map<String, Tensor> example() {
    return Map.of("w", Tensor.of(1f, -2f));
  }

  private static byte[] bytes(String header, float... data) {
    byte[] text = header.getBytes(UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + 4 * data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text);
    for (float value : data) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private static String withSum(String header, String sum) {
    return header.replace("{\"k\"", "{\"autograd.crc32c\":\"" + sum + "\",\"k\"");
  }

  @Test
  void isOneMoreText() throws IOException {
    Safetensors.writeChecked(file, example(), Map.of("k", "v"));
    String header = withSum(HEADER, SUM);
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes(padded, 1, -2));
    try (Safetensors opened = Safetensors.open(file)) {
      assertThat(opened.verify()).isTrue();
      assertThat(opened.metadata()).containsExactly(Map.entry("k", "v"));
    }
  }

  @Test
  void ofNothing() throws IOException {
    Safetensors.writeChecked(file, Map.of(), Map.of());
    assertThat(Files.readString(file))
        .contains("{\"__metadata__\":{\"autograd.crc32c\":\"297bd0aa\"}}");
    assertThat(Safetensors.read(file)).isEmpty();
  }

  @Test
  void isNotThereUnlessAskedFor() {
    Safetensors.write(file, example());
    try (Safetensors opened = Safetensors.open(file)) {
      assertThat(opened.verify()).isFalse();
    }
  }

  @Test
  void equalContentGivesEqualBytes() throws IOException {
    Safetensors.writeChecked(file, example(), Map.of("a", "1", "b", "2", "c", "3"));
    byte[] once = Files.readAllBytes(file);
    Safetensors.writeChecked(
        file, Safetensors.read(file), new TreeMap<>(Map.of("c", "3", "b", "2", "a", "1")));
    assertThat(Files.readAllBytes(file)).isEqualTo(once);
  }

  @Test
  void otherProgramsMayArrangeTextsAndSpaces() throws IOException {
    String header =
        HEADER.replace("{\"k\":\"v\"}", "{\"k\" : \"v\", \"autograd.crc32c\":\"" + SUM + "\"}")
            + " ";
    Files.write(file, bytes(header, 1, -2));
    assertThat(Safetensors.read(file)).containsOnlyKeys("w");
  }

  @Test
  void otherContentIsRefused() throws IOException {
    Files.write(file, bytes(withSum(HEADER, SUM), 1, -2.0000002f));
    try (Safetensors opened = Safetensors.open(file)) {
      assertThatThrownBy(opened::verify)
          .isInstanceOf(FormatException.class)
          .hasMessageMatching(
              Pattern.quote(file.toString())
                  + ": is damaged: the checksum of its content is [0-9a-f]{8}, and was \"9cb54c44\""
                  + " when it was written; fetch it, or write it, again");
    }
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(FormatException.class);
    Files.write(file, bytes(withSum(HEADER.replace("[2]", "[2,1]"), SUM), 1, -2));
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(FormatException.class);
    Files.write(file, bytes(withSum(HEADER.replace("\"w\"", "\"v\""), SUM), 1, -2));
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(FormatException.class);
    Files.write(file, bytes(withSum(HEADER.replace("\"v\"", "\"w\""), SUM), 1, -2));
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(FormatException.class);
  }

  @Test
  void noTurnedBitChangesWhatIsRead() throws IOException {
    Map<String, Tensor> written =
        Map.of(
            "weight",
            Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f),
            "i",
            Tensor.wrap(Shape.SCALAR, new long[] {7}),
            "empty",
            Tensor.zeros(DType.F64, 0, 3));
    Safetensors.writeChecked(file, written, Map.of("step", "12"));
    String content = content();
    byte[] bytes = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bytes);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Throwable thrown = catchThrowable(() -> Safetensors.read(file));
      if (thrown == null) {
        // The name of the checksum was hit, so that it is a text like others.
        assertThat(content()).as("bit %d", bit).isEqualTo(content);
      } else {
        assertThat(thrown).as("bit %d", bit).isInstanceOf(FormatException.class);
      }
    }
  }

  /** Returns all that a file says, tensors first. */
  private String content() {
    try (Safetensors opened = Safetensors.open(file)) {
      String tensors =
          opened.names().stream()
              .map(name -> name + opened.dtype(name) + opened.shape(name) + opened.tensor(name))
              .collect(Collectors.joining(" "));
      String step = opened.metadata().get("step");
      return tensors + " step " + step;
    }
  }

  @Test
  void aFileCutOffAfterOpeningIsFoundOut() throws IOException {
    Safetensors.writeChecked(file, Map.of("x", Tensor.zeros(DType.F64, 10_000)), Map.of());
    try (Safetensors opened = Safetensors.open(file)) {
      Files.write(file, new byte[100]);
      assertThatThrownBy(opened::verify)
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith(file + ": is cut off");
    }
  }

  @Test
  void itsNameIsNoOtherText() throws IOException {
    Files.writeString(file, "old");
    Map<String, String> texts = Map.of("autograd.crc32c", "00000000");
    assertThatThrownBy(() -> Safetensors.write(file, example(), texts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "safetensors: the text \"autograd.crc32c\" is computed from the content; leave it out, and"
                + " use writeChecked");
    assertThat(Files.readString(file)).isEqualTo("old");
  }
}
