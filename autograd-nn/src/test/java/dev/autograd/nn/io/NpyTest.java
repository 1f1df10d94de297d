package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays as NumPy 2.4.6 writes them, byte for byte; what it wrote is quoted. */
class NpyTest {

  private static final Tensor MATRIX =
      Tensor.of(Shape.of(2, 3), -2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f);

  /** {@code np.arange(6, dtype="<f4").reshape(2, 3) - 2.5}. */
  private static final byte[] MATRIX_BYTES =
      file(
          1,
          "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
          "000020c0 0000c0bf 000000bf 0000003f 0000c03f 00002040");

  @TempDir private Path folder;

  /** Returns a file of 128 bytes before the elements. */
  private static byte[] file(int version, String dictionary, String elements) {
    int length = version == 1 ? 118 : 116;
    String header = dictionary + " ".repeat(length - 1 - dictionary.length()) + "\n";
    String prefix = "934e554d5059 0" + version + "00 " + (version == 1 ? "7600" : "74000000");
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    return hex(prefix + HexFormat.of().formatHex(text) + elements);
  }

  private Tensor read(byte... bytes) throws IOException {
    return Npy.read(Files.write(folder.resolve("x.npy"), bytes));
  }

  private Tensor read(String dictionary, String elements) throws IOException {
    return read(file(1, dictionary, elements));
  }

  private byte[] written(Tensor tensor) throws IOException {
    Path file = folder.resolve("y.npy");
    Npy.write(file, tensor);
    return Files.readAllBytes(file);
  }

  // ---------------------------------------------------------------- writing

  @Test
  void writesTheBytesOfNumPy() throws IOException {
    assertThat(written(MATRIX)).isEqualTo(MATRIX_BYTES);
    assertThat(written(Tensor.of(1.5, -2)))
        .isEqualTo(
            file(
                1,
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }",
                "000000000000f83f 00000000000000c0"));
    assertThat(written(Tensor.wrap(Shape.SCALAR, new long[] {(1L << 53) + 1})))
        .isEqualTo(
            file(1, "{'descr': '<i8', 'fortran_order': False, 'shape': (), }", "0100000000002000"));
    assertThat(written(Tensor.wrap(Shape.of(2), new boolean[] {true, false})))
        .isEqualTo(file(1, "{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", "0100"));
    assertThat(written(Tensor.indices(-2)))
        .isEqualTo(
            file(1, "{'descr': '<i4', 'fortran_order': False, 'shape': (1,), }", "feffffff"));
    assertThat(written(Tensor.zeros(DType.F64, 0, 3)))
        .isEqualTo(file(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }", ""));
  }

  @Test
  void aFullBlockIsAddedWhereNothingIsMissing() throws IOException {
    // NumPy writes 192 bytes for this shape, of which 128 would do.
    int[] dims = {2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 100, 0};
    byte[] bytes = written(Tensor.zeros(DType.F64, dims));
    assertThat(bytes).hasSize(192).endsWith('\n');
    assertThat(read(bytes).shape()).isEqualTo(Shape.of(dims));
  }

  // ---------------------------------------------------------------- reading

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersion(int version) throws IOException {
    byte[] bytes =
        file(
            version,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
            "000020c0 0000c0bf 000000bf 0000003f 0000c03f 00002040");
    Tensor read = read(bytes);
    assertThat(read.dtype()).isEqualTo(DType.F32);
    assertThat(read.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(read.toFloatArray()).containsExactly(-2.5f, -1.5f, -0.5f, 0.5f, 1.5f, 2.5f);
  }

  @ParameterizedTest
  @CsvSource({
    "<f8, F64, 000000000000f83f 00000000000000c0, 1.5, -2",
    ">f8, F64, 3ff8000000000000 c000000000000000, 1.5, -2",
    ">f4, F32, 3fc00000 c0000000, 1.5, -2",
    "<f2, F32, 003c 5535, 1, 0.333251953125",
    "<i8, I64, ffffffffffffffff 0000000001000000, -1, 4294967296",
    ">i4, I32, fffffffe 0000012c, -2, 300",
    ">i2, I32, fffe 012c, -2, 300",
    "|i1, I32, fe 7f, -2, 127",
    "<u4, I64, ffffffff 00000000, 4294967295, 0",
    "<u2, I32, ffff 0100, 65535, 1",
    "|u1, I32, ff 00, 255, 0",
    "|b1, BOOL, 01 00, 1, 0",
    "<b1, BOOL, 01 00, 1, 0"
  })
  void readsEveryType(String descr, DType dtype, String elements, double first, double second)
      throws IOException {
    Tensor read =
        read("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (2,), }", elements);
    assertThat(read.dtype()).isEqualTo(dtype);
    assertThat(read.toDoubleArray()).containsExactly(first, second);
  }

  @Test
  void readsFortranOrder() throws IOException {
    Tensor read =
        read(
            "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }",
            "00000000000004c0 000000000000e03f 000000000000f8bf 000000000000f83f"
                + " 000000000000e0bf 0000000000000440");
    assertThat(read.toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{-2.5, -1.5, -0.5}, {0.5, 1.5, 2.5}});
    Tensor cube =
        read(
            "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3, 4), }",
            "00000000 0c000000 04000000 10000000 08000000 14000000 01000000 0d000000"
                + " 05000000 11000000 09000000 15000000 02000000 0e000000 06000000 12000000"
                + " 0a000000 16000000 03000000 0f000000 07000000 13000000 0b000000 17000000");
    assertThat(cube.shape()).isEqualTo(Shape.of(2, 3, 4));
    assertThat(cube.toDoubleArray()).isEqualTo(Tensor.arange(DType.F64, 24).toDoubleArray());
    assertThat(read("{'descr': '|u1', 'fortran_order': True, 'shape': (), }", "07").item())
        .isEqualTo(7);
    assertThat(read("{'descr': '|u1', 'fortran_order': True, 'shape': (3, 0), }", "").shape())
        .isEqualTo(Shape.of(3, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"shape\":(2,),\"descr\":\"|u1\",\"fortran_order\":False}",
        "  { 'fortran_order' : False , 'shape' : ( 2L , ) , 'descr' : '|u1' , }  ",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (2L,), }"
      })
  void readsWhatOthersWrite(String dictionary) throws IOException {
    assertThat(read(dictionary, "07ff").toLongArray()).containsExactly(7, 255);
  }

  @Test
  void aHeaderNeedNotBeAligned() throws IOException {
    String header = "{'descr':'|u1','fortran_order':False,'shape':()}";
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = hex("934e554d50590100 3000" + HexFormat.of().formatHex(text) + "09");
    assertThat(header).hasSize(0x30);
    assertThat(read(bytes).item()).isEqualTo(9);
  }

  @Test
  void whatIsReadBelongsToNoTape() throws IOException {
    Tape tape = Tape.open();
    Tensor read = read(MATRIX_BYTES);
    tape.close();
    assertThat(read.item(1, 2)).isEqualTo(2.5);
  }

  @Test
  void readsFileSystemsThatCannotMap() throws IOException {
    try (FileSystem system = Jimfs.newFileSystem(Configuration.unix())) {
      Path file = system.getPath("/x.npy");
      Tensor large = Tensor.arange(DType.F64, 50_000);
      Npy.write(file, large);
      assertThat(Npy.read(file).toDoubleArray()).isEqualTo(large.toDoubleArray());
    }
  }

  // ---------------------------------------------------------------- refusals

  private void refused(byte[] bytes, String message) throws IOException {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(FormatException.class)
        .hasMessage(folder.resolve("x.npy") + message);
  }

  private void refused(String dictionary, String message) throws IOException {
    refused(file(1, dictionary, "00"), message);
  }

  @Test
  void beginningsOfNoArray() throws IOException {
    refused(hex("934e554d"), ": has 4 bytes; its header alone takes 8, so it is cut off");
    refused(
        hex("504b0304 00000000"),
        ", byte 0: is no .npy array, which starts with the byte 0x93 and \"NUMPY\"");
    refused(hex("934e554d50590400"), ", byte 6: the version is 4.0; it must be 1.0, 2.0 or 3.0");
    refused(hex("934e554d50590101"), ", byte 6: the version is 1.1; it must be 1.0, 2.0 or 3.0");
    refused(
        hex("934e554d50590100 7600 7b"),
        ": has 11 bytes; its header alone takes 128, so it is cut off");
    refused(
        hex("934e554d50590200 ffffffff 7b"),
        ", byte 8: the header is said to have 4294967295 bytes; that of an array of numbers has no"
            + " more than 10000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"|O", "<c8", "<U4", "=f8", "|f8", "<u8", "<f", "<f16", ""})
  void elementsThatAreNoNumbers(String descr) throws IOException {
    refused(
        "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (), }",
        ", header: descr is \""
            + descr
            + "\"; numbers and truth values can be read, as <f4, >f8, <i8, |u1 or |b1, but no"
            + " objects, records, texts or complex numbers");
  }

  @Test
  void headersThatAreNoDictionaries() throws IOException {
    refused(
        "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (), }",
        ", header, character 10: there is \"[('a', '<f8')], 'fortran_order': Fals...\" and should"
            + " be a string, True, False, or a tuple of integers");
    refused(
        "{'descr': '|u1', 'descr': '|u1', 'shape': (), }",
        ", header, character 31: there is \", 'shape': (), }\" and should be each key once");
    refused(
        "{'descr': '|u1', 'shape': (), }",
        ", header: has the keys \"[descr, shape]\"; they must be descr, fortran_order and shape");
    refused(
        "{'descr': '|u1', 'fortran_order': 'no', 'shape': (), }",
        ", header: fortran_order must be True or False");
    refused(
        "{'descr': '|u1', 'fortran_order': True, 'shape': True, }",
        ", header: shape must be a tuple of integers, as (2, 3) or (2,)");
    refused(
        "{'descr': '|u1', 'fortran_order': False, 'shape': (1), }",
        ", header, character 52: there is \"), }\" and should be ',' after the only integer, or ')' after others");
    refused(
        "{'descr': '|u1', 'fortran_order': False, 'shape': (65536, 65536), }",
        ", header: shape is \"[65536, 65536]\"; a tensor has no more than 2147483647 elements");
    refused(
        "{'descr': '|u1', 'fortran_order': False, 'shape': (4294967297,), }",
        ", header: shape is \"[4294967297]\"; a tensor has no more than 2147483647 elements");
  }

  @Test
  void lengthsThatDoNotFit() throws IOException {
    refused(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }",
        ": has 1 bytes after the header; F64[2, 3] takes 48, so it is cut off");
    refused(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0,), }",
        ": has 1 bytes after the header; F64[0] takes 0, and nothing may follow");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path file = folder.resolve("none.npy");
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + ": there is no such file; check the path");
  }
}
