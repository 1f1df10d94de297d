package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.nn.data.Dataset;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A tensor in a file as NumPy writes and reads it: {@code numpy.save("x.npy", x)}, {@code
 * numpy.load("x.npy")}.
 *
 * <pre>{@code
 * Tensor x = Npy.read(Path.of("x.npy"));
 * Dataset<Tensor> rows = Npy.rows(Path.of("large.npy"));    // read when asked for
 * }</pre>
 *
 * <p>Read are versions 1.0, 2.0 and 3.0, both byte orders, both orders of axes, and the types
 * {@code f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 b1}: F64, F32, I64, I32 and BOOL as they are, {@code f2} as
 * F32, {@code u4} as I64, and integers of one or two bytes as I32, always exactly. Objects,
 * records, texts, complex numbers and {@code u8} are refused. Written is version 1.0,
 * little-endian, with the bytes of NumPy.
 *
 * <p>Source: NumPy enhancement proposal 1, and NumPy 2.4.
 */
public final class Npy {

  private Npy() {}

  /**
   * Returns the tensor in a file, which belongs to no tape.
   *
   * @throws FormatException if it is no array of numbers, or not exactly one
   * @throws UncheckedIOException if it cannot be read
   */
  public static Tensor read(Path file) {
    return FileReading.of(
        file,
        () -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            return NpyArray.read(file.toString(), length, Bytes.of(channel, 0, length));
          }
        });
  }

  /**
   * Returns the rows of the array in a file as a data set, which reads those it is asked for,
   * {@code [n, ...]}, at their places in the file, in the types of {@link #read}. Any number of
   * threads may ask.
   *
   * @throws IllegalArgumentException if it is a single number, or its first axis runs fastest
   *     (Fortran's order), so that rows lie scattered
   * @throws FormatException if it is no array of numbers, or not exactly one; from the data set, if
   *     it became shorter since it was opened
   * @throws UncheckedIOException if it cannot be read; from the data set, too
   */
  public static Dataset<Tensor> rows(Path file) {
    return FileReading.of(
        file,
        () -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return StoredRows.of(file, file.toString(), channel, 0, channel.size());
          }
        });
  }

  /**
   * Writes a tensor, whole or not at all.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, Tensor tensor) {
    AtomicFile.write(file, out -> NpyArray.write(tensor, out));
  }
}
