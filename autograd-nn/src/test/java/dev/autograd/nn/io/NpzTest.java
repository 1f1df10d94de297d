package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("x.npz");
  }

  private static Map<String, Tensor> example() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", Tensor.of(Shape.of(2, 3), -2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f));
    tensors.put("b", Tensor.of(1.5, -2));
    tensors.put("layers/é", Tensor.indices(3));
    return tensors;
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void readsWhatNumPyWrites(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(NpzTest.class.getResourceAsStream("/numpy/" + name))) {
      Files.copy(in, file);
    }
    Map<String, Tensor> read = Npz.read(file);
    assertThat(read.keySet()).containsExactly("w", "b");
    assertThat(in(read, "w").shape()).isEqualTo(Shape.of(2, 3));
    assertThat(in(read, "w").toFloatArray()).containsExactly(-2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f);
    assertThat(in(read, "b").toDoubleArray()).containsExactly(1.5, -2);
  }

  @Test
  void readsWhatItWrites() {
    Npz.write(file, example());
    assertReadsExample();
    Npz.writeCompressed(file, example());
    assertReadsExample();
  }

  private void assertReadsExample() {
    Map<String, Tensor> read = Npz.read(file);
    assertThat(read.keySet()).containsExactly("w", "b", "layers/é");
    example()
        .forEach((name, tensor) -> assertThat(in(read, name).dtype()).isEqualTo(tensor.dtype()));
    assertThat(in(read, "w").toFloatArray()).containsExactly(-2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f);
    assertThat(in(read, "b").toDoubleArray()).containsExactly(1.5, -2);
    assertThat(in(read, "layers/é").toLongArray()).containsExactly(3);
  }

  @Test
  void whatItWritesIsReadFrontToBackToo() throws IOException {
    Npz.write(file, example());
    Path array = folder.resolve("b.npy");
    Npy.write(array, Tensor.of(1.5, -2));
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      assertThat(Objects.requireNonNull(zip.getNextEntry()).getName()).isEqualTo("w.npy");
      ZipEntry second = Objects.requireNonNull(zip.getNextEntry());
      assertThat(second.getName()).isEqualTo("b.npy");
      assertThat(second.getMethod()).isEqualTo(ZipEntry.STORED);
      assertThat(zip.readAllBytes()).isEqualTo(Files.readAllBytes(array));
    }
  }

  @Test
  void equalTensorsGiveEqualBytes() {
    Path other = folder.resolve("y.npz");
    Npz.writeCompressed(file, example());
    Npz.writeCompressed(other, example());
    assertThat(other).hasSameBinaryContentAs(file);
  }

  @Test
  void compressesWhatRepeats() throws IOException {
    Npz.writeCompressed(file, Map.of("zeros", Tensor.zeros(DType.F64, 100_000)));
    assertThat(Files.size(file)).isLessThan(2000);
    assertThat(in(Npz.read(file), "zeros").size()).isEqualTo(100_000);
  }

  @Test
  void readsOneTensorAtATime() {
    Npz.write(file, example());
    try (Npz opened = Npz.open(file)) {
      assertThat(opened.names()).containsExactly("w", "b", "layers/é");
      assertThat(opened.tensor("b").item(0)).isEqualTo(1.5);
      assertThatThrownBy(() -> opened.tensor("v"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(file + ": there is no tensor \"v\"; see names()");
    }
  }

  @Test
  void otherEntriesArePassedOver() throws IOException {
    zip("README.txt", new byte[] {1});
    assertThat(Npz.read(file)).isEmpty();
  }

  // ---------------------------------------------------------------- refusals

  private void zip(String name, byte... content) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessage(file + message);
  }

  @Test
  void whatIsNoArchive() throws IOException {
    Files.writeString(file, "no archive");
    refused(
        ": is no zip archive, has a comment, or is cut off; it must end with the end of a directory,"
            + " of 22 bytes");
  }

  @ParameterizedTest
  @CsvSource({"50000000, 50000000", "1000000000, 1000000000", "-1, 18446744073709551615"})
  void aDirectoryOfMoreEntriesThanItHasRoomFor(long entries, String shown) throws IOException {
    ByteBuffer archive = ByteBuffer.allocate(100 + 56 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
    archive.position(100);
    archive.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
    archive.putInt(0).putInt(0).putLong(entries).putLong(entries).putLong(100).putLong(0);
    archive.putInt(0x07064b50).putInt(0).putLong(100).putInt(1);
    archive.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
    Files.write(file, archive.array());
    refused(": is said to have " + shown + " entries; its directory has room for 2");
  }

  @Test
  void aSmallDirectoryOfTooManyEntries() throws IOException {
    Npz.write(file, example());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 12] = 100;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(
            file + ": is said to have 100 entries; its directory has room for ");
  }

  @Test
  void entriesThatAreNoArrays() throws IOException {
    zip("w.npy", new byte[20]);
    refused(
        ", tensor \"w\", byte 0: is no .npy array, which starts with the byte 0x93 and \"NUMPY\"");
  }

  @Test
  void aChangedByteIsFoundOut() throws IOException {
    Npz.write(file, Map.of("b", Tensor.of(1.5, -2)));
    byte[] bytes = Files.readAllBytes(file);
    int element = 30 + "b.npy".length() + 128 + 3;
    bytes[element] ^= 1;
    Files.write(file, bytes);
    refused(", tensor \"b\": has a wrong checksum, so it is damaged");
  }

  @Test
  void anEntryThatUnpacksToMoreThanItSays() throws IOException {
    Npz.writeCompressed(file, Map.of("zeros", Tensor.zeros(DType.F64, 1_000_000)));
    setSize(1000);
    refused(", tensor \"zeros\": unpacks to more than the 1000 bytes that it is said to have");
  }

  @Test
  void anEntryThatUnpacksToLessThanItSays() throws IOException {
    Npz.writeCompressed(file, Map.of("zeros", Tensor.zeros(DType.F64, 1000)));
    setSize(Integer.MAX_VALUE);
    refused(", tensor \"zeros\": unpacks to 8128 of the 2147483647 bytes that it is said to have");
  }

  /** Changes the size that the directory says of the only entry. */
  private void setSize(int size) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer archive = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - 22;
    int directory = archive.getInt(end + 16);
    archive.putInt(directory + 24, size);
    Files.write(file, bytes);
  }
}
