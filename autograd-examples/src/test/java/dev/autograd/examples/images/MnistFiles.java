package dev.autograd.examples.images;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Small files like MNIST's: the quarters of an image that are dark are the bits of its digit + 1.
 */
public final class MnistFiles {

  private static final int UNSIGNED_BYTES = 0x08;

  private MnistFiles() {}

  /** Writes the four files; the images to train on are compressed. */
  public static void write(Path folder, int training, int test, int side) throws IOException {
    writeImages(folder.resolve("train-images-idx3-ubyte.gz"), training, side);
    writeLabels(folder.resolve("train-labels-idx1-ubyte"), training);
    writeImages(folder.resolve("t10k-images-idx3-ubyte"), test, side);
    writeLabels(folder.resolve("t10k-labels-idx1-ubyte"), test);
  }

  static void writeImages(Path file, int n, int side) throws IOException {
    SplittableRandom random = new SplittableRandom(n);
    ByteArrayOutputStream bytes = header(n, side, side);
    for (int i = 0; i < n; i++) {
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          int quarter = 2 * (2 * row / side) + 2 * column / side;
          boolean dark = ((digit(i) + 1) >> quarter & 1) == 1;
          bytes.write(dark ? 255 : random.nextInt(60));
        }
      }
    }
    write(file, bytes.toByteArray());
  }

  static void writeLabels(Path file, int n) throws IOException {
    ByteArrayOutputStream bytes = header(n);
    for (int i = 0; i < n; i++) {
      bytes.write(digit(i));
    }
    write(file, bytes.toByteArray());
  }

  private static int digit(int image) {
    return image % 10;
  }

  private static ByteArrayOutputStream header(int... sizes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(0);
    out.writeByte(UNSIGNED_BYTES);
    out.writeByte(sizes.length);
    for (int size : sizes) {
      out.writeInt(size);
    }
    return bytes;
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw) {
      out.write(bytes);
    }
  }
}
