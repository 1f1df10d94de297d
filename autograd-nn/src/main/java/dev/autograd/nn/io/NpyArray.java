package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.array.Strides;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** An array in NumPy's format, in a file of its own or in an archive. */
final class NpyArray {

  /** What NumPy, too, takes for the longest header of an array that it does not trust. */
  private static final int LONGEST_HEADER = 10_000;

  private static final int VERSION_BYTES = 2;
  private static final int LATEST_VERSION = 3;

  private NpyArray() {}

  // ---------------------------------------------------------------- reading

  /**
   * Returns the array that bytes are.
   *
   * @param name the file's name, for messages
   * @param length how many bytes there are, for certain
   * @throws FormatException if they are no such array, or not exactly one
   */
  static Tensor read(String name, long length, Bytes bytes) throws IOException {
    return elements(header(name, length, bytes), bytes);
  }

  /**
   * Returns what the header of an array says, after which exactly the elements follow.
   *
   * @throws FormatException if the bytes are no such array, or not exactly one
   */
  static NpyHeader header(String name, long length, Bytes bytes) throws IOException {
    int version = version(name, length, bytes);
    int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
    int start = NpyHeader.MAGIC.length + VERSION_BYTES + lengthBytes;
    requireBytes(name, start, length);
    ByteBuffer number = bytes.next(lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
    long headerLength =
        version == 1 ? number.getShort() & 0xffff : Integer.toUnsignedLong(number.getInt());
    if (headerLength > LONGEST_HEADER) {
      throw new FormatException(
          name + ", byte " + (start - lengthBytes),
          "the header is said to have "
              + headerLength
              + " bytes; that of an array of numbers has no more than "
              + LONGEST_HEADER);
    }
    requireBytes(name, start + headerLength, length);
    String text =
        (version == LATEST_VERSION ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)
            .decode(bytes.next((int) headerLength))
            .toString();
    NpyHeader header = NpyHeader.parse(name + ", header", text);
    requireExactly(name, header, length - start - headerLength);
    return header;
  }

  private static int version(String name, long length, Bytes bytes) throws IOException {
    requireBytes(name, NpyHeader.MAGIC.length + VERSION_BYTES, length);
    byte[] magic = new byte[NpyHeader.MAGIC.length];
    bytes.next(magic.length).get(magic);
    if (!Arrays.equals(magic, NpyHeader.MAGIC)) {
      throw new FormatException(
          name + ", byte 0", "is no .npy array, which starts with the byte 0x93 and \"NUMPY\"");
    }
    ByteBuffer version = bytes.next(VERSION_BYTES);
    int major = version.get() & 0xff;
    int minor = version.get() & 0xff;
    if (major < 1 || major > LATEST_VERSION || minor != 0) {
      throw new FormatException(
          name + ", byte " + magic.length,
          "the version is " + major + "." + minor + "; it must be 1.0, 2.0 or 3.0");
    }
    return major;
  }

  private static void requireBytes(String name, long needed, long length) {
    if (length < needed) {
      throw new FormatException(
          name,
          "has " + length + " bytes; its header alone takes " + needed + ", so it is cut off");
    }
  }

  private static void requireExactly(String name, NpyHeader header, long left) {
    if (left != header.dataLength()) {
      throw new FormatException(
          name,
          "has "
              + left
              + " bytes after the header; "
              + header.type()
              + header.shape()
              + " takes "
              + header.dataLength()
              + (left < header.dataLength() ? ", so it is cut off" : ", and nothing may follow"));
    }
  }

  private static Tensor elements(NpyHeader header, Bytes bytes) throws IOException {
    Shape shape = header.shape();
    int[] reversed = IntStream.range(0, shape.rank()).map(i -> shape.dim(-1 - i)).toArray();
    Shape stored = header.fortran() ? Shape.of(reversed) : shape;
    NdArray array =
        Elements.readArray(bytes, header.type(), header.order(), stored, header.type().dtype());
    return Elements.tensor(header.fortran() ? transposed(array, shape) : array);
  }

  /** Returns an array with its axes reversed. */
  private static NdArray transposed(NdArray array, Shape shape) {
    int rank = shape.rank();
    int[] order = IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
    int[] places = Strides.of(array.shape()).permute(order).positions();
    NdArray result = NdArray.zeros(array.dtype(), shape);
    for (int i = 0; i < places.length; i++) {
      // One element at a time, in one loop for arrays of all types.
      System.arraycopy(array.data(), places[i], result.data(), i, 1);
    }
    return result;
  }

  // ---------------------------------------------------------------- writing

  /** Writes a tensor as an array, in version 1.0. */
  static void write(Tensor tensor, OutputStream out) throws IOException {
    out.write(NpyHeader.of(tensor.dtype(), tensor.shape()).toBytes());
    Elements.write(tensor, out);
  }
}
