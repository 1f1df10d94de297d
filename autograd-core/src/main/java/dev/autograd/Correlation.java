package dev.autograd;

import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Sliding;
import dev.autograd.kernel.Windows;

/**
 * The checked sizes of a cross-correlation {@code y[n, o, i] = Σ_c,u w[o, c, u] x[n, c, i s - p + u
 * d]}, and the values of the three functions, each linear in two of input x, weight w and output y,
 * that come with it.
 *
 * <p>With {@code C[x]} for the matrix that has the windows of x as its columns, these are products
 * of matrices, per image and group: {@code y = w C[x]}; {@code x = Cᵀ[wᵀ y]}, the gradient of the
 * input and also the transposed convolution; {@code w = y C[x]ᵀ}, the gradient of the weight. The
 * derivatives of each are the other two.
 *
 * @param input the shape of x, {@code [batch, channels, height, width]}; here and in the output
 *     without a batch if there is none, in all three without a height if there is none
 * @param weight the shape of w, {@code [outputs, channels / groups, kernel height, kernel width]}
 * @param output the shape of y, {@code [batch, outputs, height, width]}
 * @param axes those that the kernel moves along: 1 or 2
 * @param windows over the channels of one group
 * @param options as they were given
 */
record Correlation(
    Shape input, Shape weight, Shape output, int axes, Windows windows, Convolution options) {

  /** Returns the sizes of the correlation of an input. */
  static Correlation of(String op, int axes, Shape input, Shape weight, Convolution options) {
    checkRanks(op, axes, input, weight);
    int groups = options.groups();
    if (input.dim(-axes - 1) != weight.dim(1) * groups || weight.dim(0) % groups != 0) {
      throw wrongChannels(op, input, weight, groups, "outputs, channels / groups", "outputs");
    }
    if (!options.outputPadding().equals(Extent.of(0))) {
      throw new IllegalArgumentException(
          op + ": outputPadding is an option of transposed convolutions; leave it out");
    }
    Sliding rows =
        axes == 1 ? Sliding.SINGLE : sizes(op, axes, 0, weight, options).within(input.dim(-2));
    Sliding columns = sizes(op, axes, 1, weight, options).within(input.dim(-1));
    Shape output = resized(input, axes, weight.dim(0), rows.positions(), columns.positions());
    Windows windows = new Windows(weight.dim(1), rows, columns);
    return new Correlation(input, weight, output, axes, windows, options);
  }

  /** Returns the sizes of the correlation that has the input of a transposed one as its output. */
  static Correlation transposed(
      String op, int axes, Shape output, Shape weight, Convolution options) {
    checkRanks(op, axes, output, weight);
    int groups = options.groups();
    if (output.dim(-axes - 1) != weight.dim(0) || weight.dim(0) % groups != 0) {
      throw wrongChannels(op, output, weight, groups, "channels, outputs / groups", "channels");
    }
    Extent more = options.outputPadding();
    if (axes == 1) {
      Sizes.requireOne(op, "output padding", more);
    }
    Sliding rows =
        axes == 1
            ? Sliding.SINGLE
            : sizes(op, axes, 0, weight, options).around(output.dim(-2), more.height());
    Sliding columns = sizes(op, axes, 1, weight, options).around(output.dim(-1), more.width());
    Shape input = resized(output, axes, weight.dim(1) * groups, rows.size(), columns.size());
    Windows windows = new Windows(weight.dim(1), rows, columns);
    return new Correlation(input, weight, output, axes, windows, options);
  }

  private static void checkRanks(String op, int axes, Shape image, Shape weight) {
    boolean batched = image.rank() == axes + 2;
    boolean hasTaps = weight.rank() == axes + 2 && weight.dim(-1) > 0 && weight.dim(-axes) > 0;
    if (!(batched || image.rank() == axes + 1) || !hasTaps) {
      String sizes = axes == 1 ? "length" : "height, width";
      throw new ShapeException(
          "%s: the input is %s and the weight %s; they must be [batch, channels, %s], with or"
                  .formatted(op, image, weight, sizes)
              + " without the batch, and [outputs, channels, %s], with at least one tap"
                  .formatted(sizes));
    }
  }

  private static ShapeException wrongChannels(
      String op, Shape image, Shape weight, int groups, String weightAxes, String divisible) {
    return new ShapeException(
        "%s: the input is %s and the weight %s with groups(%d); the weight must be [%s, ...] with the"
                .formatted(op, image, weight, groups, weightAxes)
            + " channels of the input, and groups must divide the %s".formatted(divisible));
  }

  private static Sizes sizes(String op, int axes, int axis, Shape weight, Convolution options) {
    Extent kernel = new Extent(weight.dim(-axes), weight.dim(-1));
    return Sizes.of(
        op, axes, axis, kernel, options.stride(), options.padding(), options.dilation());
  }

  private static Shape resized(Shape shape, int axes, int channels, int rows, int columns) {
    int[] dims = shape.toArray();
    dims[dims.length - axes - 1] = channels;
    dims[dims.length - axes] = rows;
    dims[dims.length - 1] = columns;
    return Shape.of(dims);
  }

  /** Returns the name of an operation of this kind, as in {@code conv2d}. */
  String named(String kind) {
    return kind + axes + "d";
  }

  /** Adds the options to the operation that made a tensor, and returns the tensor. */
  Tensor describe(Tensor made) {
    Convolution usual = Convolution.stride(1);
    return made.with("stride", options.stride(), usual.stride())
        .with("padding", options.padding(), usual.padding())
        .with("dilation", options.dilation(), usual.dilation())
        .with("outputPadding", options.outputPadding(), usual.outputPadding())
        .with("groups", options.groups(), usual.groups());
  }

  int batch() {
    return input.rank() == axes + 2 ? input.dim(0) : 1;
  }

  int groups() {
    return options.groups();
  }

  /** Returns the number of channels of the output that one group makes. */
  int outputs() {
    return weight.dim(0) / groups();
  }

  /** Returns the number of rows of {@code C[x]}, of one group. */
  int depth() {
    return windows.planes() * windows.taps();
  }

  /** Returns y for x and w. */
  NdArray output(Tensor x, Tensor w) {
    return new ColumnProducts(this, x.dtype()).output(x.data(), w.data());
  }

  /** Returns x for y and w. */
  NdArray input(Tensor y, Tensor w) {
    return new ColumnProducts(this, y.dtype()).input(y.data(), w.data());
  }

  /** Returns w for x and y. */
  NdArray weight(Tensor x, Tensor y) {
    return new ColumnProducts(this, x.dtype()).weight(x.data(), y.data());
  }
}
