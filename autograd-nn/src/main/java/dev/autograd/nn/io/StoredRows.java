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
