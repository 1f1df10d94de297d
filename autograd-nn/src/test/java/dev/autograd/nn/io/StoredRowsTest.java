package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.data.Loading;
import dev.autograd.nn.data.Rows;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of IDX and NumPy files, read where they lie. */
class StoredRowsTest {

  private static final String IMAGES =
      "00000803 00000003 00000002 00000002  00 01 02 ff  10 20 30 40  7f 80 81 82";
  private static final String LABELS = "00000801 00000003  05 00 09";

  @TempDir private Path folder;

  private Path file(String name, byte... bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void readsPairsOfIdxFiles() throws IOException {
    Path images = file("images", hex(IMAGES));
    Path labels = file("labels", hex(LABELS));
    Dataset<Examples> data =
        Dataset.examples(
            Idx.open(images).rows(DType.F32).map(x -> x.div(255)),
            Idx.open(labels).rows(DType.I32));
    assertThat(data.size()).isEqualTo(3);
    Examples batch = data.rows(2, 0, 1, 0);
    assertThat(batch.inputs().shape()).isEqualTo(Shape.of(4, 2, 2));
    assertThat(batch.inputs().item(1, 1, 1)).isEqualTo(1);
    assertThat(batch.inputs().mul(255).to(DType.I32).toLongArray())
        .containsExactly(127, 128, 129, 130, 0, 1, 2, 255, 16, 32, 48, 64, 0, 1, 2, 255);
    assertThat(batch.targets().toLongArray()).containsExactly(9, 5, 0, 5);
    try (Loading<Examples> batches = DataLoader.of(data, 2).prefetch(2).epoch(0)) {
      assertThat(batches.next().targets().toLongArray()).containsExactly(5, 0);
      assertThat(batches.next().targets().toLongArray()).containsExactly(9);
    }
  }

  @Provide
  Arbitrary<DType> types() {
    return Arbitraries.of(DType.class);
  }

  /** Rows of 0 to 7,000 bytes, so that a buffer ends inside them. */
  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void rowsAreThoseOfTheWholeArray(
      @ForAll("types") DType dtype,
      @ForAll @IntRange(min = 1, max = 40) int count,
      @ForAll @IntRange(min = 0, max = 870) int width,
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 0, max = 1000) Integer> picks,
      @ForAll boolean neighbours,
      @ForAll long seed)
      throws IOException {
    Path npy = Files.createTempFile("rows", ".npy");
    try {
      Tensor all = Tensor.normal(new Random(seed), DType.F64, count, width).mul(9).to(dtype);
      Npy.write(npy, all);
      int[] rows = new int[picks.size()];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = (neighbours ? picks.get(0) + i : picks.get(i)) % count;
      }
      Tensor read = Npy.rows(npy).rows(rows);
      Tensor expected = Rows.of(all, rows);
      assertThat(read.dtype()).isEqualTo(dtype);
      assertThat(read.shape()).isEqualTo(expected.shape());
      assertThat(read.toDoubleArray()).isEqualTo(expected.toDoubleArray());
    } finally {
      Files.delete(npy);
    }
  }

  @Test
  void whatIsReadBelongsToNoTape() throws IOException {
    Dataset<Tensor> labels = Idx.open(file("labels", hex(LABELS))).rows(DType.F64);
    Tape tape = Tape.open();
    Tensor read = labels.rows(2);
    tape.close();
    assertThat(read.item(0)).isEqualTo(9);
  }

  @Test
  void refusesRowsThatAreNotThere() throws IOException {
    Dataset<Tensor> labels = Idx.open(file("labels", hex(LABELS))).rows(DType.I32);
    assertThatThrownBy(() -> labels.rows(3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("rows: there is no row 3; there are rows 0 to 2");
    assertThatThrownBy(() -> labels.rows()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatGzipCompressed() throws IOException {
    Path zip = folder.resolve("labels.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zip))) {
      out.write(hex(LABELS));
    }
    Idx labels = Idx.open(zip);
    assertThatThrownBy(() -> labels.rows(DType.I32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "rows: "
                + zip
                + " is compressed, and can only be read from its beginning; unpack it with gunzip,"
                + " or read it whole, or in batches");
  }

  @Test
  void refusesSingleNumbersAndScatteredRows() throws IOException {
    Idx number = Idx.open(file("number", hex("00000800 07")));
    assertThatThrownBy(() -> number.rows(DType.I32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds a single number");
    Path npy = folder.resolve("x.npy");
    Npy.write(npy, Tensor.scalar(1));
    assertThatThrownBy(() -> Npy.rows(npy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds a single number");
    fortran(npy, Tensor.of(new double[][] {{1, 2}, {3, 4}}));
    assertThatThrownBy(() -> Npy.rows(npy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("numpy.ascontiguousarray");
    fortran(npy, Tensor.of(1, 2));
    assertThat(Npy.rows(npy).rows(1).item(0)).isEqualTo(2);
  }

  /** Writes an array whose header claims Fortran's order. */
  private static void fortran(Path npy, Tensor x) throws IOException {
    Npy.write(npy, x);
    byte[] bytes = Files.readAllBytes(npy);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Files.write(
        npy,
        text.replace("'fortran_order': False", "'fortran_order': True ")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aFileThatBecameShorterIsRefused() throws IOException {
    Path images = file("images", hex(IMAGES));
    Dataset<Tensor> rows = Idx.open(images).rows(DType.F32);
    file("images", hex("00000803 00000003 00000002 00000002 00"));
    assertThatThrownBy(() -> rows.rows(1))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("became shorter");
    Files.delete(images);
    assertThatThrownBy(() -> rows.rows(1))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("there is no such file");
  }
}
