package dev.autograd;

import dev.autograd.array.NdArray;
import dev.autograd.array.Runs;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Binary;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Sliding;
import dev.autograd.kernel.Windows;
import java.util.Arrays;

/**
 * The checked sizes of a pooling, and its values.
 *
 * @param input the shape of what is pooled, {@code [..., height, width]} or {@code [..., length]}
 * @param output the shape of the result
 * @param axes those that the window moves along: 1 or 2
 * @param windows over all planes of the input
 * @param options as they were given
 */
record PoolingWindows(Shape input, Shape output, int axes, Windows windows, Pooling options) {

  static PoolingWindows of(String op, int axes, Tensor x, Pooling options) {
    Checks.floating(op, x.dtype());
    Shape input = x.shape();
    if (input.rank() < axes) {
      throw new ShapeException(
          "%s: the input is %s; it must be [..., %s]"
              .formatted(op, input, axes == 1 ? "length" : "height, width"));
    }
    if (axes == 1) {
      Sizes.requireOne(op, "kernel", options.kernel());
    }
    int[] dims = input.toArray();
    Sliding rows = axes == 1 ? Sliding.SINGLE : sliding(op, axes, 0, input.dim(-2), options);
    Sliding columns = sliding(op, axes, 1, input.dim(-1), options);
    int planes = Compute.product(input, 0, input.rank() - axes);
    dims[dims.length - axes] = rows.positions();
    dims[dims.length - 1] = columns.positions();
    return new PoolingWindows(
        input, Shape.of(dims), axes, new Windows(planes, rows, columns), options);
  }

  private static Sliding sliding(String op, int axes, int axis, int size, Pooling options) {
    Sizes sizes =
        Sizes.of(
            op,
            axes,
            axis,
            options.kernel(),
            options.stride(),
            options.padding(),
            options.dilation());
    return sizes.covered(options.overhangs() ? sizes.beginningIn(size) : sizes.within(size));
  }

  /** Returns the plan that takes the first largest element of x under each window. */
  Runs largest(Tensor x) {
    int[] places = new int[output.size()];
    kernels(x).argMaxPool(windows, x.data(), places, 0, windows.planes());
    return new Runs(places, 1);
  }

  /** Returns the average of x under each window. */
  Tensor average(Tensor x) {
    NdArray sums = Allocation.uninitialized(x.dtype(), output);
    kernels(x).sumPool(windows, x.data(), sums.data(), 0, windows.planes());
    return perCount(Allocation.tensor(sums));
  }

  /** Returns the transpose of {@link #average}: each element of y shared under its window. */
  Tensor shares(Tensor y) {
    NdArray x = Allocation.zeros(y.dtype(), input);
    kernels(y).spreadPool(windows, perCount(y).data(), x.data(), 0, windows.planes());
    return Allocation.tensor(x);
  }

  private static Kernels<Object> kernels(Tensor x) {
    return Backends.kernels(x.dtype());
  }

  private Tensor perCount(Tensor y) {
    int[] rows = counts(windows.rows());
    int[] columns = counts(windows.columns());
    double[] counts = new double[windows.positions()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (double) rows[i / columns.length] * columns[i % columns.length];
    }
    int[] dims = output.toArray();
    Shape plane = Shape.of(Arrays.copyOfRange(dims, dims.length - axes, dims.length));
    return Compute.zip(Binary.DIV, y, Tensor.wrap(plane, counts).to(y.dtype()));
  }

  /** Returns how many taps of each window an average counts: those inside, or in the padding. */
  private int[] counts(Sliding sliding) {
    Sliding counted =
        options.countsPadding()
            ? new Sliding(
                sliding.size() - 2 * sliding.start(),
                0,
                sliding.stride(),
                sliding.taps(),
                sliding.dilation(),
                sliding.positions())
            : sliding;
    int[] counts = new int[sliding.positions()];
    Arrays.setAll(counts, i -> counted.endTap(i) - counted.firstTap(i));
    return counts;
  }

  /** Adds the options to the operation that made a tensor, and returns the tensor. */
  Tensor describe(Tensor made) {
    Pooling usual = Pooling.of(1);
    return made.with("kernel", options.kernel())
        .with("stride", options.stride(), options.kernel())
        .with("padding", options.padding(), usual.padding())
        .with("dilation", options.dilation(), usual.dilation())
        .with("overhangs", options.overhangs(), usual.overhangs())
        .with("countsPadding", options.countsPadding(), usual.countsPadding());
  }
}
