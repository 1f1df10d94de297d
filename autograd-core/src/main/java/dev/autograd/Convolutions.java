package dev.autograd;

import dev.autograd.array.Shape;

/**
 * Convolutions as networks have them, which are cross-correlations (the kernel is not flipped), and
 * their transposes.
 *
 * <p>Three operations, each linear in both operands, are each other's derivatives: the correlation
 * of input x and weight w; the transposed correlation of an output's gradient and w, which is the
 * gradient of x; the correlation of x with an output's gradient, which is that of w. {@code g} is
 * the upstream gradient.
 *
 * <p>The input is a batch of images or a single one: {@code [n, c, h, w]} or {@code [c, h, w]}, and
 * of sequences {@code [n, c, l]} or {@code [c, l]}. The result has a batch if the input has one. A
 * batch may be empty. Computed as matrix products over windows laid out as columns, a few images at
 * a time (Chellapilla, Puri, Simard: High performance convolutional neural networks for document
 * processing, 2006).
 */
public sealed interface Convolutions permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the convolution of images, stride 1 and unpadded; see {@link #conv2d(Tensor, Tensor,
   * Convolution)}.
   */
  default Tensor conv2d(Tensor weight) {
    return conv2d(weight, Convolution.stride(1));
  }

  /**
   * Returns the convolution of images, without bias; see {@link #conv2d(Tensor, Tensor,
   * Convolution)}.
   */
  default Tensor conv2d(Tensor weight, Convolution options) {
    return convolved("conv2d", 2, self(), weight, options);
  }

  /**
   * Returns the convolution of images: with stride s, padding p, dilation d and one group, {@code
   * y[n, o, i, j] = bias[o] + Σ_c,u,v w[o, c, u, v] x[n, c, i s - p + u d, j s - p + v d]}, where x
   * is 0 outside. Shapes: {@code [n, c, h, w], [o, c / groups, kh, kw], [o] -> [n, o, h', w']} with
   * {@code h' = floor((h + 2 p - d (kh - 1) - 1) / s) + 1}. With groups, each group of outputs sees
   * its own group of channels: {@code groups = c} is a depthwise convolution.
   *
   * <p>Derivatives: the transposed convolution of g and w; the correlation of x and g; g summed.
   *
   * @param weight the kernels, {@code [outputs, channels / groups, kernel height, kernel width]}
   * @param bias one number per output
   * @throws ShapeException if the channels do not fit, groups divide neither, or the kernel is
   *     larger than the padded input
   */
  default Tensor conv2d(Tensor weight, Tensor bias, Convolution options) {
    return biased("conv2d", 2, conv2d(weight, options), bias);
  }

  /**
   * Returns the convolution of sequences, stride 1 and unpadded; see {@link #conv2d(Tensor, Tensor,
   * Convolution)}.
   */
  default Tensor conv1d(Tensor weight) {
    return conv1d(weight, Convolution.stride(1));
  }

  /**
   * Returns the convolution of sequences, without bias; see {@link #conv1d(Tensor, Tensor,
   * Convolution)}.
   */
  default Tensor conv1d(Tensor weight, Convolution options) {
    return convolved("conv1d", 1, self(), weight, options);
  }

  /**
   * Returns the convolution of sequences: {@code [n, c, l], [o, c / groups, k], [o] -> [n, o, l']};
   * see {@link #conv2d(Tensor, Tensor, Convolution)}.
   *
   * @throws IllegalArgumentException if an option has two numbers; shapes are refused as there
   */
  default Tensor conv1d(Tensor weight, Tensor bias, Convolution options) {
    return biased("conv1d", 1, conv1d(weight, options), bias);
  }

  /**
   * Returns the transposed convolution of images, stride 1 and unpadded; see {@link
   * #convTranspose2d(Tensor, Tensor, Convolution)}.
   */
  default Tensor convTranspose2d(Tensor weight) {
    return convTranspose2d(weight, Convolution.stride(1));
  }

  /**
   * Returns the transposed convolution of images, without bias; see {@link #convTranspose2d(Tensor,
   * Tensor, Convolution)}.
   */
  default Tensor convTranspose2d(Tensor weight, Convolution options) {
    return transposed("convTranspose2d", 2, self(), weight, options);
  }

  /**
   * Returns the transposed convolution of images, the linear map whose matrix is the transpose of
   * that of {@link #conv2d(Tensor, Convolution)} with the same weight and options: each element of
   * x adds its kernel, times itself, to the result, which grows by the stride. Shapes: {@code [n,
   * c, h, w], [c, o / groups, kh, kw], [o] -> [n, o, h', w']} with {@code h' = (h - 1) s - 2 p + d
   * (kh - 1) + outputPadding + 1}. What padding adds to a convolution's input is cut off here;
   * output padding chooses among the sizes that a strided convolution maps to one.
   *
   * <p>Derivatives: the convolution of g and w; the correlation of g and x; g summed.
   *
   * @param weight the kernels, {@code [channels, outputs / groups, kernel height, kernel width]}
   * @param bias one number per output
   * @throws ShapeException if the channels do not fit, groups do not divide them, the output
   *     padding reaches stride and dilation, or nothing is left of the result
   */
  default Tensor convTranspose2d(Tensor weight, Tensor bias, Convolution options) {
    return biased("convTranspose2d", 2, convTranspose2d(weight, options), bias);
  }

  /**
   * Returns the transposed convolution of sequences, stride 1 and unpadded; see {@link
   * #convTranspose2d(Tensor, Tensor, Convolution)}.
   */
  default Tensor convTranspose1d(Tensor weight) {
    return convTranspose1d(weight, Convolution.stride(1));
  }

  /**
   * Returns the transposed convolution of sequences, without bias; see {@link
   * #convTranspose1d(Tensor, Tensor, Convolution)}.
   */
  default Tensor convTranspose1d(Tensor weight, Convolution options) {
    return transposed("convTranspose1d", 1, self(), weight, options);
  }

  /**
   * Returns the transposed convolution of sequences: {@code [n, c, l], [c, o / groups, k], [o] ->
   * [n, o, l']}; see {@link #convTranspose2d(Tensor, Tensor, Convolution)}.
   *
   * @throws IllegalArgumentException if an option has two numbers; shapes are refused as there
   */
  default Tensor convTranspose1d(Tensor weight, Tensor bias, Convolution options) {
    return biased("convTranspose1d", 1, convTranspose1d(weight, options), bias);
  }

  // ---------------------------------------------------------------- the three

  private static Tensor convolved(String op, int axes, Tensor x, Tensor w, Convolution options) {
    Checks.sameFloating(op, x, w);
    return output(x, w, Correlation.of(op, axes, x.shape(), w.shape(), options));
  }

  private static Tensor transposed(String op, int axes, Tensor x, Tensor w, Convolution options) {
    Checks.sameFloating(op, x, w);
    return input(x, w, Correlation.transposed(op, axes, x.shape(), w.shape(), options));
  }

  private static Tensor output(Tensor x, Tensor w, Correlation sizes) {
    return sizes.describe(
        x.record(
            sizes.named("conv"),
            Allocation.tensor(sizes.output(x, w)),
            g -> input(g, w, sizes),
            w,
            g -> weight(x, g, sizes)));
  }

  private static Tensor input(Tensor y, Tensor w, Correlation sizes) {
    return sizes.describe(
        y.record(
            sizes.named("convTranspose"),
            Allocation.tensor(sizes.input(y, w)),
            g -> output(g, w, sizes),
            w,
            g -> weight(g, y, sizes)));
  }

  private static Tensor weight(Tensor x, Tensor y, Correlation sizes) {
    return sizes.describe(
        x.record(
            sizes.named("convWeight"),
            Allocation.tensor(sizes.weight(x, y)),
            g -> input(y, g, sizes),
            y,
            g -> output(x, g, sizes)));
  }

  private static Tensor biased(String op, int axes, Tensor y, Tensor bias) {
    Checks.sameFloating(op, y, bias);
    int outputs = y.shape().dim(-axes - 1);
    if (!bias.shape().equals(Shape.of(outputs))) {
      throw new ShapeException(
          op + ": the bias is " + bias.shape() + "; it must be [" + outputs + "], one per output");
    }
    return y.add(axes == 1 ? bias.reshape(outputs, 1) : bias.reshape(outputs, 1, 1));
  }
}
