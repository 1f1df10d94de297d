package dev.autograd.examples.images;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.data.Rows;
import dev.autograd.nn.data.Split;
import dev.autograd.nn.io.CsvTable;
import java.util.Arrays;

/** Grey images of digits, each with the digit that it shows. Immutable. */
public final class Images {

  private static final int SIDE = 8;
  private static final double DARKEST = 16;

  private final Tensor pixels;
  private final int[] digits;

  /**
   * Makes a set of images.
   *
   * @param pixels from 0, white, to 1, black, F32, {@code [n, 1, height, width]}
   * @param digits what each shows, from 0 to 9
   */
  public Images(Tensor pixels, int... digits) {
    this.pixels = pixels;
    this.digits = digits.clone();
  }

  /** Returns the images of the table of digits, 8 x 8 pixels from 0 to 16. */
  public static Images of(CsvTable table) {
    String[] pixels = table.header().subList(0, SIDE * SIDE).toArray(String[]::new);
    Tensor values = table.numbers(pixels).div(DARKEST).to(DType.F32);
    double[] digits = table.numbers("digit").toDoubleArray();
    return new Images(
        values.reshape(digits.length, 1, SIDE, SIDE),
        Arrays.stream(digits).mapToInt(digit -> (int) digit).toArray());
  }

  /** Returns the pixels, {@code [n, 1, height, width]}. */
  public Tensor pixels() {
    return pixels;
  }

  /** Returns the digit that each image shows, as a copy. */
  public int[] digits() {
    return digits.clone();
  }

  /** Returns the number of images. */
  public int size() {
    return digits.length;
  }

  /** Returns the images as examples for a loss of classes. */
  public Dataset<Examples> examples() {
    return Dataset.of(pixels, digits);
  }

  /** Returns some of the images, in the order named. */
  public Images rows(int... rows) {
    return new Images(Rows.of(pixels, rows), Rows.of(digits, rows));
  }

  /** Returns the rows to learn from and those to judge by, the same share of each digit. */
  public Split split(double testFraction, long seed) {
    return Split.stratified(digits, testFraction, seed);
  }

  /** Returns one image, {@code [height, width]}. */
  public Tensor image(int row) {
    return pixels.select(0, row).select(0, 0);
  }
}
