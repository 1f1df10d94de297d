package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.data.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file in the IDX format, in which the images and labels of MNIST and its descendants are kept,
 * plain or compressed with gzip, which its first bytes tell.
 *
 * <pre>{@code
 * Tensor images = Idx.open(Path.of("train-images-idx3-ubyte.gz")).read(DType.F32).div(255);
 * Tensor labels = Idx.open(Path.of("train-labels-idx1-ubyte.gz")).read();
 * try (Stream<Tensor> batches = Idx.open(large).batches(256, DType.F32)) {
 *   batches.forEach(batch -> …);
 * }
 * Dataset<Examples> data = Dataset.examples(
 *     Idx.open(images).rows(DType.F32).map(x -> x.div(255)), Idx.open(labels).rows(DType.I32));
 * }</pre>
 *
 * <p>Opening a file compares the sizes in its header with the bytes that are there; to know those
 * of a compressed one, it is unpacked once, into nothing. Nothing stays open but what {@link
 * #batches} returns.
 *
 * <p>Bytes and short integers are read as I32, all else as it is; or all as a type of your choice.
 *
 * <p>Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits: file formats.
 */
public final class Idx {

  private static final int MAGIC_BYTES = 4;

  private static final Map<Integer, StoredType> TYPES =
      Map.of(
          0x08, StoredType.U8,
          0x09, StoredType.I8,
          0x0b, StoredType.I16,
          0x0c, StoredType.I32,
          0x0d, StoredType.F32,
          0x0e, StoredType.F64);

  private final Path file;
  private final StoredType type;
  private final Shape shape;

  private Idx(Path file, StoredType type, Shape shape) {
    this.file = file;
    this.type = type;
    this.shape = shape;
  }

  // ---------------------------------------------------------------- opening

  /**
   * Returns a file whose sizes are known to be right.
   *
   * @throws FormatException if it is no such file, cut off, or has bytes after its elements
   * @throws UncheckedIOException if it cannot be read
   */
  public static Idx open(Path file) {
    return FileReading.of(
        file,
        () -> {
          try (InputStream in = stream(file)) {
            Bytes bytes = Bytes.of(in);
            ByteBuffer magic = bytes.next(MAGIC_BYTES);
            StoredType type = type(file, magic.getShort(), magic.get());
            Shape shape = shape(file, bytes.next((magic.get() & 0xff) * Integer.BYTES));
            requireExactly(file, type, shape, in);
            return new Idx(file, type, shape);
          }
        });
  }

  private static InputStream stream(Path file) throws IOException {
    return Gunzip.ifCompressed(Files.newInputStream(file));
  }

  private static StoredType type(Path file, short zeros, byte code) {
    StoredType type = TYPES.get((int) code);
    if (zeros != 0 || type == null) {
      throw new FormatException(
          file + ", byte 0",
          String.format(
              Locale.ROOT,
              "the file starts with %04x %02x; an IDX file starts with 0000 and one of 08, 09, 0b,"
                  + " 0c, 0d and 0e, the type of its elements",
              zeros,
              code));
    }
    return type;
  }

  private static Shape shape(Path file, ByteBuffer sizes) {
    int[] dims = new int[sizes.remaining() / Integer.BYTES];
    sizes.asIntBuffer().get(dims);
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          file + ", byte " + MAGIC_BYTES,
          "the sizes are "
              + FormatException.quote(Arrays.toString(dims))
              + "; they must be 0 or more, and the elements no more than "
              + Integer.MAX_VALUE,
          e);
    }
  }

  private static void requireExactly(Path file, StoredType type, Shape shape, InputStream in)
      throws IOException {
    long needed = (long) shape.size() * type.bytes();
    long found = Bytes.count(in, needed);
    if (found != needed) {
      throw new FormatException(
          file.toString(),
          "has "
              + (found < needed ? found + " bytes" : "more bytes")
              + " after the header; "
              + type
              + shape
              + " takes "
              + needed
              + (found < needed ? ", so it is cut off" : ", and nothing may follow"));
    }
  }

  // ---------------------------------------------------------------- reading

  /** Returns the sizes, as in {@code [60000, 28, 28]}. */
  public Shape shape() {
    return shape;
  }

  /** Returns the element type that {@link #read()} has. */
  public DType dtype() {
    return type.dtype();
  }

  /**
   * Returns all elements, which belong to no tape.
   *
   * @throws FormatException if the file changed since it was opened
   * @throws UncheckedIOException if it cannot be read
   */
  public Tensor read() {
    return read(dtype());
  }

  /**
   * Returns all elements in another element type, converted as by {@link Tensor#to}.
   *
   * @throws FormatException if the file changed since it was opened
   * @throws UncheckedIOException if it cannot be read
   */
  public Tensor read(DType target) {
    return FileReading.of(
        file,
        () -> {
          try (InputStream in = stream(file)) {
            return next(afterHeader(in), shape, target);
          }
        });
  }

  /**
   * Returns batches of rows, in order, each read when it is its turn: {@code [size, ...]}, the last
   * one of what is left. Close the stream, and do not make it parallel.
   *
   * @param size the rows per batch, at least 1
   * @param target the element type, converted to as by {@link Tensor#to}
   * @throws IllegalArgumentException if the size is below 1, or the file holds a single number
   * @throws FormatException from the stream, if the file changed since it was opened
   * @throws UncheckedIOException if the file cannot be read; from the stream, too
   */
  // The input is closed with the result.
  @SuppressWarnings("resource")
  public Stream<Tensor> batches(int size, DType target) {
    if (size < 1 || shape.rank() == 0) {
      throw new IllegalArgumentException(
          "batches: of "
              + size
              + " rows each, from "
              + shape
              + "; there must be rows, and at least 1 in each batch");
    }
    return FileReading.of(
        file,
        () -> {
          InputStream in = stream(file);
          Bytes bytes = afterHeader(in);
          int rows = shape.dim(0);
          return IntStream.iterate(
                  0, from -> from < rows, from -> from + Math.min(size, rows - from))
              .mapToObj(from -> batch(bytes, Math.min(size, rows - from), target))
              .onClose(() -> close(in));
        });
  }

  /**
   * Returns the rows as a data set, which reads those it is asked for, {@code [n, ...]}, at their
   * places in the file. Any number of threads may ask.
   *
   * <p>The file must not be compressed: what gzip packed can only be read from its beginning. Of a
   * compressed file, {@link #read} makes a tensor for {@link Dataset#of(Tensor)}, and {@link
   * #batches} reads in order.
   *
   * @param target the element type, converted to as by {@link Tensor#to}
   * @throws IllegalArgumentException if the file is compressed, or holds a single number
   * @throws FormatException from the data set, if the file became shorter since it was opened
   * @throws UncheckedIOException if the file cannot be read; from the data set, too
   */
  public Dataset<Tensor> rows(DType target) {
    if (shape.rank() == 0) {
      throw new IllegalArgumentException("rows: " + file + " holds a single number; use read()");
    }
    return FileReading.of(
        file,
        () -> {
          Gunzip.requireNone(file, "read it whole, or in batches");
          long start = MAGIC_BYTES + (long) shape.rank() * Integer.BYTES;
          return new StoredRows(file, start, type, ByteOrder.BIG_ENDIAN, shape, target);
        });
  }

  private Tensor batch(Bytes bytes, int rows, DType target) {
    int[] dims = shape.toArray();
    dims[0] = rows;
    return FileReading.of(file, () -> next(bytes, Shape.of(dims), target));
  }

  private Tensor next(Bytes bytes, Shape part, DType target) throws IOException {
    return Elements.read(bytes, type, ByteOrder.BIG_ENDIAN, part, target);
  }

  private Bytes afterHeader(InputStream in) throws IOException {
    Bytes bytes = Bytes.of(in);
    bytes.next(MAGIC_BYTES + shape.rank() * Integer.BYTES);
    return bytes;
  }

  private void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be closed", e);
    }
  }

  /** Returns file, type and sizes, as in {@code a.idx: U8[60000, 28, 28]}. */
  @Override
  public String toString() {
    return file + ": " + type + shape;
  }
}
