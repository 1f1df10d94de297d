package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Rows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The rows of an array in a file, read at their places when they are asked for. The file is opened
 * for each batch: nothing stays open, any number of threads may read, and an interrupted one closes
 * what is its own.
 *
 * @param start where the elements begin
 * @param shape the sizes, at least one
 * @param target the element type of what is read
 */
record StoredRows(
    Path file, long start, StoredType type, ByteOrder order, Shape shape, DType target)
    implements Dataset<Tensor> {

  /**
   * Returns the rows of an array in NumPy's format, in the type that is read of it.
   *
   * @param place what messages call it
   * @param from where in the file the array's header begins
   * @param to where its elements end
   * @throws IllegalArgumentException if it is a single number, or its first axis runs fastest
   * @throws FormatException if it is no array of numbers, or not exactly one
   */
  static StoredRows of(Path file, String place, FileChannel channel, long from, long to)
      throws IOException {
    NpyHeader header = NpyArray.header(place, to - from, Bytes.of(channel, from, to));
    boolean scattered = header.fortran() && header.shape().rank() > 1;
    if (header.shape().rank() == 0 || scattered) {
      throw new IllegalArgumentException(
          "rows: "
              + place
              + (scattered
                  ? " is in Fortran's order, in which rows lie scattered; save"
                      + " numpy.ascontiguousarray of it, or read it whole"
                  : " holds a single number, which has no rows; read it whole"));
    }
    long start = to - header.dataLength();
    DType dtype = header.type().dtype();
    return new StoredRows(file, start, header.type(), header.order(), header.shape(), dtype);
  }

  @Override
  public int size() {
    return shape.dim(0);
  }

  @Override
  public Tensor rows(int... rows) {
    Rows.requireThere(size(), rows);
    int[] dims = shape.toArray();
    dims[0] = rows.length;
    Shape part = Shape.of(dims);
    return FileReading.of(
        file,
        () -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return Elements.read(new Chosen(channel, rows), type, order, part, target);
          }
        });
  }

  /** The bytes of chosen rows, one row after the other; neighbours are read at once. */
  private final class Chosen implements Bytes {

    private final FileChannel channel;
    private final int[] rows;
    private final long width = (long) shape.size() / Math.max(1, shape.dim(0)) * type.bytes();
    private final ByteBuffer buffer = ByteBuffer.allocate(MOST);
    private int row;
    private long done;

    Chosen(FileChannel channel, int... rows) {
      this.channel = channel;
      this.rows = rows;
    }

    @Override
    public ByteBuffer next(int count) throws IOException {
      buffer.clear();
      while (buffer.position() < count) {
        int first = row;
        long offset = done;
        long length = width - done;
        while (length < count - buffer.position() && isNextToItsFollower(row)) {
          length += width;
          row++;
        }
        int wanted = (int) Math.min(length, count - buffer.position());
        Bytes.fill(
            channel,
            start + rows[first] * width + offset,
            buffer.limit(buffer.position() + wanted));
        boolean whole = wanted == length;
        done = whole ? 0 : width - (length - wanted);
        row += whole ? 1 : 0;
      }
      return buffer.flip();
    }

    private boolean isNextToItsFollower(int place) {
      return place + 1 < rows.length && rows[place + 1] == rows[place] + 1;
    }
  }
}
