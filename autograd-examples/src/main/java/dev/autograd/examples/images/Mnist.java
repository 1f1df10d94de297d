package dev.autograd.examples.images;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.nn.io.FormatException;
import dev.autograd.nn.io.Idx;
import dev.autograd.nn.metrics.Classes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The four files of MNIST, or of a data set that is made like it, in a folder; each plain or
 * compressed, with or without {@code .gz} behind its name.
 *
 * @param training the images to learn from
 * @param test the images to judge by
 */
public record Mnist(Images training, Images test) {

  private static final List<String> NAMES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  private static final int DIGITS = 10;
  private static final double DARKEST = 255;

  /**
   * Returns the images of a folder.
   *
   * @param most how many images to learn from at most, the first ones
   * @throws InvalidInputException if a file is missing, or the four do not fit each other
   * @throws FormatException if one is damaged
   */
  public static Mnist read(Path folder, int most) {
    requireAll(folder);
    Images training = images(folder, NAMES.get(0), NAMES.get(1));
    Images test = images(folder, NAMES.get(2), NAMES.get(3));
    if (!training.pixels().select(0, 0).shape().equals(test.pixels().select(0, 0).shape())) {
      throw new InvalidInputException(
          folder + ": the images to train on and to test on differ in size; take files of one set");
    }
    return new Mnist(first(training, most), test);
  }

  private static Images first(Images all, int most) {
    return most < all.size() ? all.rows(IntStream.range(0, most).toArray()) : all;
  }

  private static void requireAll(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(folder + ": there is no such directory; check the path");
    }
    List<String> missing =
        NAMES.stream().filter(name -> candidates(folder, name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          folder
              + ": of the four files "
              + String.join(", ", NAMES)
              + ", each with or without .gz, "
              + (missing.size() == NAMES.size()
                  ? "none is there"
                  : "these are missing: " + String.join(", ", missing)));
    }
  }

  private static List<Path> candidates(Path folder, String name) {
    return Stream.of(name, name + ".gz").map(folder::resolve).filter(Files::isRegularFile).toList();
  }

  private static Images images(Path folder, String images, String labels) {
    Path imageFile = candidates(folder, images).get(0);
    Path labelFile = candidates(folder, labels).get(0);
    Tensor pixels = Idx.open(imageFile).read(DType.F32);
    requireImages(imageFile, pixels);
    int[] digits = digits(labelFile, pixels.shape().dim(0));
    int height = pixels.shape().dim(1);
    int width = pixels.shape().dim(2);
    return new Images(pixels.div(DARKEST).reshape(pixels.shape().dim(0), 1, height, width), digits);
  }

  private static void requireImages(Path file, Tensor pixels) {
    boolean fits =
        pixels.rank() == 3
            && pixels.size() > 0
            && pixels.shape().dim(1) == pixels.shape().dim(2)
            && pixels.shape().dim(1) % ConvolutionalNetwork.SIDE_FACTOR == 0;
    if (!fits) {
      throw new FormatException(
          file.toString(),
          "holds "
              + pixels.shape()
              + "; images must be [n, side, side] with a side that is a multiple of "
              + ConvolutionalNetwork.SIDE_FACTOR);
    }
  }

  private static int[] digits(Path file, int images) {
    Tensor labels = Idx.open(file).read(DType.F64);
    if (labels.rank() != 1 || labels.size() != images) {
      throw new FormatException(
          file.toString(),
          "holds " + labels.shape() + "; there must be one label per image, [" + images + "]");
    }
    if (labels.max().item() >= DIGITS || labels.min().item() < 0) {
      throw new FormatException(
          file.toString(), "holds a label that is none of 0 to 9; take files of digits");
    }
    return Classes.ofLabels(labels);
  }
}
