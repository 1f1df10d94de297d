package dev.autograd.nn.io;

import static dev.autograd.nn.io.Fixtures.hex;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autograd.nn.io.DamagedFiles.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Arrays and tables that nobody may read: each a lie, or no sense, of its own. */
final class HostileArrays {

  private static final int BOMB = 1 << 25;

  /** Dictionaries of NumPy's headers, before eight bytes of data. */
  private static final List<String> DICTIONARIES =
      List.of(
          "",
          "{",
          "{}",
          "[]",
          "None",
          "{'descr'}",
          "{'descr': '<f8'}",
          "{'descr': '<f8', 'fortran_order': False}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': 1}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'shape': (1,)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)",
          "{\"descr\" '<f8', 'fortran_order': False, 'shape': (1,)}",
          "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
          "{'descr': '<f8', 'fortran_order': 'False', 'shape': (1,)}",
          "{'descr': '<f8', 'fortran_order': false, 'shape': (1,)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': 1}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (1)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': '(1,)'}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (1.0,)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (None,)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': ((1,),)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (0,)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647,)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967297,)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (65536, 65536)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775808,)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (" + "9".repeat(4000) + ",)}",
          "{'descr': '<f8', 'fortran_order': True, 'shape': (3, 3)}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': " + "(".repeat(4000) + "}",
          "{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,)}");

  private static final List<String> CODES =
      List.of(
          "", "<", "f8", "=f8", "<f3", "<f16", "<c8", "|O", "|S8", "<U2", "|V8", "<M8[ns]", "|f8",
          "<g8", "<f4", "|b1");

  private static final List<String> IDX =
      List.of(
          "",
          "00",
          "0000",
          "000008",
          "00000801",
          "0000080100",
          "00000801 00000001",
          "00000801 00000001 0102",
          "00000801 00000002 01",
          "00000801 ffffffff 01",
          "00000801 80000000",
          "00000801 7fffffff 01",
          "00000802 00000001",
          "00000802 00010000 00010000",
          "00000803 ffffffff ffffffff ffffffff",
          "00000701 00000001 01",
          "00000a01 00000001 01",
          "00000f01 00000001 01",
          "00010801 00000001 01",
          "01000801 00000001 01",
          "00000e01 00000001 00000000",
          "000008ff",
          "00000800",
          "89504e47",
          "504b0304 00000000");

  private static final List<String> TABLES =
      List.of(
          "",
          "\n",
          "\n\n\n",
          ",",
          "a",
          "a\n",
          "a,b\n",
          "a,a\n1,2\n",
          "a,\n1,2\n",
          ",b\n1,2\n",
          "1,2\n3,4\n",
          "a,b\n1\n",
          "a,b\n1,2,3\n",
          "a;b\n1;2\n3\n",
          "a\tb\n1\n",
          "a,b\n1,\"2\n",
          "a,b\n\"1\n,2\n",
          "\"a,b\n1,2\n",
          "a,b\n\"1\"x,2\n",
          "a,b\n1,\"2\"\"\n");

  private HostileArrays() {}

  /** Returns all files. */
  static Stream<Sample> all() {
    return Stream.of(numpy(), archives(), idx(), tables()).flatMap(files -> files);
  }

  // ---------------------------------------------------------------- NumPy

  private static Stream<Sample> numpy() {
    Stream<Sample> dictionaries =
        Stream.concat(
                DICTIONARIES.stream(),
                CODES.stream()
                    .map(c -> "{'descr': '" + c + "', 'fortran_order': False, 'shape': (1,)}"))
            .map(text -> Sample.of("npy " + text, Npy::read, npy(text, new byte[8])));
    Stream<Sample> beginnings =
        Stream.of(
                "",
                "93",
                "934e554d5059",
                "934e554d50590100",
                "934e554d50590100 ffff",
                "934e554d50590100 0000",
                "934e554d50590000 0100 7d",
                "934e554d50590400 0100 7d",
                "934e554d50590101 0100 7d",
                "934e554d50590200 ffffffff 7b",
                "934e554d50590300 ffffff7f 7b",
                "934e554d50590200 11270000 7b",
                "944e554d50590100 0100 7d",
                "4e554d5059930100 0100 7d",
                "80049500 00000000")
            .map(bytes -> Sample.of("npy " + bytes, Npy::read, hex(bytes)));
    return Stream.concat(dictionaries, beginnings);
  }

  private static byte[] npy(String dictionary, byte... data) {
    byte[] text = (dictionary + "\n").getBytes(ISO_8859_1);
    return ByteBuffer.allocate(10 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(hex("934e554d50590100"))
        .putShort((short) text.length)
        .put(text)
        .put(data)
        .array();
  }

  // ---------------------------------------------------------------- zip

  private static Stream<Sample> archives() {
    byte[] array = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", new byte[8]);
    byte[] good = zip("a.npy", array, "b.npy", array);
    byte[] twice = new String(good, ISO_8859_1).replace("b.npy", "a.npy").getBytes(ISO_8859_1);
    byte[] end = Arrays.copyOfRange(good, good.length - 22, good.length);
    byte[] many = good.clone();
    Arrays.fill(many, many.length - 14, many.length - 10, (byte) 0x7f);
    byte[] comment = Arrays.copyOf(good, good.length + 1);
    comment[good.length - 2] = 1;
    byte[] method = good.clone();
    method[new String(good, ISO_8859_1).indexOf("PK\u0001\u0002") + 10] = 99;
    return Stream.of(
        npz("nothing", new byte[0]),
        npz("garbage", "no archive".getBytes(UTF_8)),
        npz("two tensors of one name", twice),
        npz("a directory that is not there", end),
        npz("32639 entries", many),
        npz("a comment", comment),
        npz("another method", method),
        npz("no end", Arrays.copyOf(good, good.length - 1)),
        npz("no beginning", Arrays.copyOfRange(good, 10, good.length)),
        npz("an entry of nothing", zip("a.npy", new byte[0])),
        npz("an entry that is no array", zip("a.npy", "text".getBytes(UTF_8))),
        npz("an entry with more behind it", zip("a.npy", Arrays.copyOf(array, array.length + 1))),
        npz("a cut entry", zip("a.npy", Arrays.copyOf(array, array.length - 1))),
        npz("a bomb", zip("a.npy", Arrays.copyOf(array, BOMB))),
        npz("a bomb of no array", zip("a.npy", new byte[BOMB])));
  }

  private static Sample npz(String name, byte... bytes) {
    return Sample.of("npz of " + name, Npz::read, bytes);
  }

  private static byte[] zip(Object... namesAndContents) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        zip.write((byte[]) namesAndContents[i + 1]);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  // ---------------------------------------------------------------- IDX and CSV

  private static Stream<Sample> idx() {
    return Stream.concat(
        IDX.stream()
            .flatMap(
                digits ->
                    Stream.of(
                        idx(digits, hex(digits)),
                        idx(digits + ", compressed", DamagedFiles.zipped(hex(digits))))),
        Stream.concat(
            Stream.of(
                idx("a bomb", DamagedFiles.zipped(Arrays.copyOf(hex("00000801 00000004"), BOMB))),
                idx("zeros, a bomb", DamagedFiles.zipped(new byte[BOMB]))),
            garbage(DamagedFiles.zipped(hex("00000801 00000004 01020304")))
                .map(bytes -> idx("damaged gzip", bytes))));
  }

  private static Sample idx(String name, byte... bytes) {
    return Sample.of("idx of " + name, DamagedFiles::readIdx, bytes);
  }

  private static Stream<Sample> tables() {
    byte[] good = "a,b\n1,2\n".getBytes(UTF_8);
    Stream<Sample> texts =
        TABLES.stream().map(text -> csv(text.replace("\n", "\\n"), text.getBytes(UTF_8)));
    Stream<Sample> bytes =
        Stream.of("ff", "c080", "e282", "eda080", "f5808080", "fffe610000006200")
            .map(digits -> csv("bytes " + digits, hex("612c620a" + digits + "2c320a")));
    Stream<Sample> zipped =
        Stream.concat(
                garbage(DamagedFiles.zipped(good)),
                Stream.of(
                    DamagedFiles.zipped("a,b\n1\n".getBytes(UTF_8)),
                    DamagedFiles.zipped(hex("612c620aff2c32"))))
            .map(one -> csv("damaged gzip", one));
    return Stream.of(texts, bytes, zipped).flatMap(files -> files);
  }

  private static Sample csv(String name, byte... bytes) {
    return Sample.of("csv of " + name, CsvTable::read, bytes);
  }

  /** Returns what begins as gzip does and is none. */
  private static Stream<byte[]> garbage(byte... zipped) {
    byte[] method = zipped.clone();
    method[2] = 7;
    byte[] flags = zipped.clone();
    flags[3] = 0x1f;
    byte[] block = zipped.clone();
    block[10] = (byte) 0xff;
    byte[] checksum = zipped.clone();
    checksum[checksum.length - 8] ^= 1;
    byte[] length = zipped.clone();
    length[length.length - 1] ^= 1;
    byte[] cut = Arrays.copyOf(zipped, zipped.length - 3);
    byte[] start = Arrays.copyOf(zipped, 10);
    return Stream.of(
        hex("1f8b"), hex("1f8b0800"), start, method, flags, block, checksum, length, cut);
  }
}
