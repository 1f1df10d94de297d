package dev.autograd.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tensor;
import dev.autograd.nn.data.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of arrays in archives, read where they lie. */
class NpzRowsTest {

  private static final Tensor X = Tensor.of(new double[][] {{0, 1, 2}, {10, 11, 12}, {20, 21, 22}});

  /** Where the directory's entry and the end have the numbers that a test changes. */
  private static final int END_BYTES = 22;

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("x.npz");
  }

  private static Map<String, Tensor> example() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("labels/é", Tensor.indices(7, 8, 9));
    tensors.put("x", X);
    return tensors;
  }

  @Test
  void readsRowsOfEachEntry() {
    Npz.write(file, example());
    Dataset<Tensor> x = Npz.rows(file, "x");
    Dataset<Tensor> labels = Npz.rows(file, "labels/é");
    assertThat(x.size()).isEqualTo(3);
    assertThat(x.rows(2, 0).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{20, 21, 22}, {0, 1, 2}});
    assertThat(labels.rows(1, 1, 2).toLongArray()).containsExactly(8, 8, 9);
  }

  @Test
  void readsRowsOfWhatNumPyWrites() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(NpzRowsTest.class.getResourceAsStream("/numpy/stored.npz"))) {
      Files.copy(in, file);
    }
    assertThat(Npz.rows(file, "w").rows(1).toFloatArray()).containsExactly(0.5f, 1.5f, 2.5f);
    assertThat(Npz.rows(file, "b").rows(1, 0).toDoubleArray()).containsExactly(-2, 1.5);
  }

  /** An archive of more than 4 GB has its places in fields of ZIP64. */
  @Test
  void findsPlacesInWideFields() throws IOException {
    Npz.write(file, example());
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer archive = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - END_BYTES;
    int directory = archive.getInt(end + 16);
    int second =
        directory + 46 + archive.getShort(directory + 28) + archive.getShort(directory + 30);
    int nameEnd = second + 46 + archive.getShort(second + 28);
    int extra = archive.getShort(second + 30);
    ByteBuffer wide = ByteBuffer.allocate(bytes.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    wide.put(bytes, 0, nameEnd + extra);
    wide.putShort((short) 1).putShort((short) 8).putLong(archive.getInt(second + 42));
    wide.put(bytes, nameEnd + extra, bytes.length - nameEnd - extra);
    wide.putShort(second + 30, (short) (extra + 12)).putInt(second + 42, -1);
    wide.putInt(end + 12 + 12, archive.getInt(end + 12) + 12);
    Files.write(file, wide.array());
    assertThat(Npz.rows(file, "x").rows(1).toDoubleArray()).containsExactly(10, 11, 12);
    assertThat(Npz.read(file).get("x")).isNotNull();
  }

  @Test
  void refusesWhatIsCompressedOrNotThere() {
    Npz.writeCompressed(file, example());
    assertThatThrownBy(() -> Npz.rows(file, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "rows: "
                + file
                + ", tensor \"x\" is compressed, and its rows have no places; save it with numpy.savez,"
                + " or read it whole, with tensor()");
    assertThatThrownBy(() -> Npz.rows(file, "y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no tensor \"y\"");
  }

  /** What lies behind the entry is none of its rows. */
  @Test
  void refusesAnEntryThatIsSaidToBeLongerThanItIs() throws IOException {
    Npz.write(file, Map.of("x", X));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer archive = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = archive.getInt(bytes.length - END_BYTES + 16);
    int size = archive.getInt(directory + 24);
    archive.putInt(directory + 24, size + 3 * Double.BYTES);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[text.indexOf("(3, 3)") + 1] = '4';
    Files.write(file, bytes);
    assertThatThrownBy(() -> Npz.rows(file, "x"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(
            "is stored as it is in " + size + " bytes, and said to have " + (size + 24));
  }

  /** Each bit turned over: read, or refused in one line. */
  @Test
  void readsOrRefusesDamagedArchives() throws IOException {
    Npz.write(file, Map.of("x", X));
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);
      try {
        assertThat(Npz.rows(file, "x").rows(2).size()).isPositive();
      } catch (FormatException | IllegalArgumentException | UncheckedIOException e) {
        assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
        refused++;
      }
    }
    assertThat(refused).isBetween(whole.length, 8 * whole.length - 1);
  }
}
