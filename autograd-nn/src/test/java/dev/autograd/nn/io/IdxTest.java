package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A synthetic set of three images of 2 x 2 pixels, in the bytes that the format notes give. */
class IdxTest {

  private static final String IMAGES =
      "00000803 00000003 00000002 00000002  00 01 02 ff  10 20 30 40  7f 80 81 82";
  private static final String LABELS = "00000801 00000003  05 00 09";

  @TempDir private Path folder;

  private Path file(byte... bytes) throws IOException {
    return Files.write(folder.resolve("x.idx"), bytes);
  }

  private Idx open(String hex) throws IOException {
    return Idx.open(file(hex(hex)));
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void readsImages() throws IOException {
    Idx images = open(IMAGES);
    assertThat(images.shape()).isEqualTo(Shape.of(3, 2, 2));
    assertThat(images.dtype()).isEqualTo(DType.I32);
    assertThat(images.read().toLongArray())
        .containsExactly(0, 1, 2, 255, 16, 32, 48, 64, 127, 128, 129, 130);
    assertThat(images.read(DType.F32).toFloatArray())
        .containsExactly(0, 1, 2, 255, 16, 32, 48, 64, 127, 128, 129, 130);
    assertThat(images).hasToString(folder.resolve("x.idx") + ": U8[3, 2, 2]");
  }

  /** The headers of MNIST's test set, 10,008 and 7,840,016 bytes. */
  @Test
  void opensFilesOfTheSizeOfMnist() throws IOException {
    byte[] labels = Arrays.copyOf(hex("00000801 00002710"), 10_008);
    assertThat(Idx.open(file(labels)).shape()).isEqualTo(Shape.of(10_000));
    byte[] images = Arrays.copyOf(hex("00000803 00002710 0000001c 0000001c"), 7_840_016);
    assertThat(Idx.open(file(images)).shape()).isEqualTo(Shape.of(10_000, 28, 28));
  }

  @Test
  void readsLabels() throws IOException {
    Tensor labels = open(LABELS).read();
    assertThat(labels.shape()).isEqualTo(Shape.of(3));
    assertThat(labels.toLongArray()).containsExactly(5, 0, 9);
  }

  @Test
  void readsWhatGzipCompressed() throws IOException {
    Idx images = Idx.open(file(zipped(hex(IMAGES))));
    assertThat(images.read().item(2, 1, 1)).isEqualTo(130);
  }

  @ParameterizedTest
  @CsvSource({
    "09, 81, I32, -127",
    "0b, fffe, I32, -2",
    "0c, 80000000, I32, -2147483648",
    "0d, bfc00000, F32, -1.5",
    "0e, bff8000000000000, F64, -1.5"
  })
  void readsEveryType(String code, String element, DType dtype, double value) throws IOException {
    Tensor read = open("0000" + code + "01 00000001" + element).read();
    assertThat(read.dtype()).isEqualTo(dtype);
    assertThat(read.toDoubleArray()).containsExactly(value);
  }

  @Test
  void aSingleNumberHasNoSizes() throws IOException {
    assertThat(open("00000800 07").read().item()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsBatches(boolean zip) throws IOException {
    byte[] bytes = hex(IMAGES);
    Idx images = Idx.open(file(zip ? zipped(bytes) : bytes));
    try (Stream<Tensor> batches = images.batches(2, DType.F64)) {
      List<Tensor> found = batches.toList();
      assertThat(found)
          .extracting(Tensor::shape)
          .containsExactly(Shape.of(2, 2, 2), Shape.of(1, 2, 2));
      assertThat(found.get(0).toDoubleArray()).containsExactly(0, 1, 2, 255, 16, 32, 48, 64);
      assertThat(found.get(1).toDoubleArray()).containsExactly(127, 128, 129, 130);
    }
  }

  @Test
  void batchesMayBeLargerThanTheFileOrNone() throws IOException {
    try (Stream<Tensor> batches = open(LABELS).batches(Integer.MAX_VALUE, DType.I32)) {
      assertThat(batches.map(Tensor::size)).containsExactly(3);
    }
    try (Stream<Tensor> batches = open("00000802 00000000 00000004").batches(5, DType.I32)) {
      assertThat(batches).isEmpty();
    }
  }

  @Test
  void batchesOfNothingAreRefused() throws IOException {
    Idx labels = open(LABELS);
    assertThatThrownBy(() -> labels.batches(0, DType.I32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batches: of 0 rows each, from [3]; there must be rows, and at least 1 in each batch");
    Idx number = open("00000800 07");
    assertThatThrownBy(() -> number.batches(1, DType.I32))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsReadBelongsToNoTape() throws IOException {
    Idx images = open(IMAGES);
    Tape tape = Tape.open();
    Tensor read = images.read(DType.F32);
    tape.close();
    assertThat(read.item(0, 0, 1)).isEqualTo(1);
  }

  @Test
  void convertsMoreThanOneBufferAtATime() throws IOException {
    byte[] bytes = Arrays.copyOf(hex("00000801 00030000"), 8 + 0x30000);
    for (int i = 0; i < 0x30000; i++) {
      bytes[8 + i] = (byte) (i * 31);
    }
    double[] read = Idx.open(file(bytes)).read(DType.F64).toDoubleArray();
    for (int i = 0; i < read.length; i++) {
      assertThat(read[i]).isEqualTo(i * 31 & 0xff);
    }
  }

  // ---------------------------------------------------------------- refusals

  private void refused(byte[] bytes, String message) throws IOException {
    Path file = file(bytes);
    assertThatThrownBy(() -> Idx.open(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + message);
  }

  @Test
  void otherFiles() throws IOException {
    refused(
        hex("504b0304"),
        ", byte 0: the file starts with 504b 03; an IDX file starts with 0000 and one of 08, 09, 0b,"
            + " 0c, 0d and 0e, the type of its elements");
    refused(
        hex("00000a01 00000001 00"),
        ", byte 0: the file starts with 0000 0a; an IDX file starts with 0000 and one of 08, 09, 0b,"
            + " 0c, 0d and 0e, the type of its elements");
  }

  @Test
  void sizesThatCannotBe() throws IOException {
    refused(
        hex("00000802 ffffffff 00000001"),
        ", byte 4: the sizes are \"[-1, 1]\"; they must be 0 or more, and the elements no more than"
            + " 2147483647");
    refused(
        hex("00000802 00010000 00010000"),
        ", byte 4: the sizes are \"[65536, 65536]\"; they must be 0 or more, and the elements no more"
            + " than 2147483647");
  }

  @Test
  void lengthsThatDoNotFit() throws IOException {
    refused(hex("0000"), ": is cut off (2 bytes are missing); fetch it, or write it, again");
    refused(
        hex("00000803 00000001"),
        ": is cut off (8 bytes are missing); fetch it, or write it, again");
    refused(
        hex("00000803 0000ea60 0000001c 0000001c"),
        ": has 0 bytes after the header; U8[60000, 28, 28] takes 47040000, so it is cut off");
    refused(
        hex("00000801 7fffffff 01"),
        ": has 1 bytes after the header; U8[2147483647] takes 2147483647, so it is cut off");
    refused(
        hex("00000801 00000001 01 02"),
        ": has more bytes after the header; U8[1] takes 1, and nothing may follow");
  }

  @Test
  void damagedGzip() throws IOException {
    byte[] zip = zipped(hex(IMAGES));
    refused(
        Arrays.copyOf(zip, zip.length - 9),
        ": is cut off (Unexpected end of ZLIB input stream); fetch it, or write it, again");
    zip[zip.length - 6] ^= 1;
    refused(zip, ": is damaged (Corrupt GZIP trailer); fetch it, or write it, again");
  }

  @Test
  void aFileThatChangedAfterOpening() throws IOException {
    Idx images = open(IMAGES);
    file(hex("00000803 00000003"));
    assertThatThrownBy(images::read).isInstanceOf(FormatException.class);
  }
}
