package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import dev.autograd.array.Strides;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Gemm;
import dev.autograd.kernel.Kernels;
import dev.autograd.kernel.Windows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The matrix products of one {@link Correlation}, block by block, so that the columns take little
 * memory whatever the batch: a block is an image, or several if they are small, or some rows of a
 * large one. Where it is an image, nothing but the columns is copied, and under a kernel of one tap
 * the image is its own columns.
 */
final class ColumnProducts {

  /** The most elements that columns have, unless one row of outputs needs more. */
  private static final int MOST = 1 << 20;

  /** Columns from which more do not make a product faster. */
  private static final int WIDE = 512;

  /**
   * Some of the outputs.
   *
   * @param image the first image
   * @param images how many
   * @param row the first row of each
   * @param rows how many; all, if there are several images
   */
  private record Block(int image, int images, int row, int rows) {}

  /** A matrix in a longer array. */
  private record Place(Object data, int offset) {}

  private final Correlation sizes;
  private final Windows windows;
  private final DType dtype;
  private final Kernels<Object> kernels;
  private final List<Block> blocks;

  /** Made when first needed, and used for every block. */
  private @Nullable Object columns;

  private @Nullable Object outputs;

  ColumnProducts(Correlation sizes, DType dtype) {
    this.sizes = sizes;
    this.windows = sizes.windows();
    this.dtype = dtype;
    this.kernels = Backends.kernels(dtype);
    this.blocks = blocks();
  }

  NdArray output(Object x, Object w) {
    NdArray y = NdArray.zeros(dtype, sizes.output());
    for (Block block : blocks) {
      Gemm product = new Gemm(sizes.outputs(), count(block), sizes.depth(), false, false);
      for (int group = 0; group < sizes.groups(); group++) {
        Place from = columnsOf(x, block, group);
        Place to = isImage(block) ? outputPlace(y.data(), block, group) : outputSpace();
        kernels.gemm(product, w, weights(group), from.data, from.offset, to.data, to.offset);
        if (!isImage(block)) {
          kernels.scatter(to.data, y.data(), outputPlan(block, group));
        }
      }
    }
    return y;
  }

  NdArray input(Object y, Object w) {
    NdArray x = NdArray.zeros(dtype, sizes.input());
    for (Block block : blocks) {
      Gemm product = new Gemm(sizes.depth(), count(block), sizes.outputs(), true, false);
      for (int group = 0; group < sizes.groups(); group++) {
        Place from = outputsOf(y, block, group);
        Place to = isOwnColumns(block) ? inputPlace(x.data(), block.image, group) : columnSpace();
        kernels.gemm(product, w, weights(group), from.data, from.offset, to.data, to.offset);
        if (!isOwnColumns(block)) {
          fold(to.data, block, group, x.data());
        }
      }
    }
    return x;
  }

  NdArray weight(Object x, Object y) {
    NdArray w = NdArray.zeros(dtype, sizes.weight());
    Object part = blocks.size() > 1 ? dtype.allocate(w.size()) : w.data();
    for (Block block : blocks) {
      boolean isFirst = block.equals(blocks.get(0));
      Object to = isFirst ? w.data() : part;
      Gemm product = new Gemm(sizes.outputs(), sizes.depth(), count(block), false, true);
      for (int group = 0; group < sizes.groups(); group++) {
        Place left = outputsOf(y, block, group);
        Place right = columnsOf(x, block, group);
        kernels.gemm(product, left.data, left.offset, right.data, right.offset, to, weights(group));
      }
      if (!isFirst) {
        kernels.accumulate(part, w.data(), 0, w.size());
      }
    }
    return w;
  }

  // ---------------------------------------------------------------- blocks

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    int height = windows.rows().positions();
    long row = (long) sizes.depth() * windows.columns().positions();
    long image = Math.max(1, row * height);
    if (image > MOST && !isPointwise()) {
      int rows = (int) Math.max(1, MOST / row);
      for (int i = 0; i < sizes.batch(); i++) {
        for (int at = 0; at < height; at += rows) {
          blocks.add(new Block(i, 1, at, Math.min(rows, height - at)));
        }
      }
      return blocks;
    }
    int images = (int) Math.max(1, Math.min(WIDE / windows.positions(), MOST / image));
    for (int i = 0; i < sizes.batch(); i += images) {
      blocks.add(new Block(i, Math.min(images, sizes.batch() - i), 0, height));
    }
    return blocks;
  }

  /** Returns the number of columns of a block. */
  private int count(Block block) {
    return block.images * block.rows * windows.columns().positions();
  }

  private boolean isImage(Block block) {
    return block.images == 1 && block.rows == windows.rows().positions();
  }

  private boolean isPointwise() {
    return windows.taps() == 1
        && windows.positions() == windows.plane()
        && windows.rows().start() == 0
        && windows.columns().start() == 0;
  }

  private boolean isOwnColumns(Block block) {
    return isPointwise() && isImage(block);
  }

  // ---------------------------------------------------------------- columns

  private Place columnsOf(Object x, Block block, int group) {
    if (isOwnColumns(block)) {
      return inputPlace(x, block.image, group);
    }
    Place space = columnSpace();
    Windows part = part(block);
    int step = count(block);
    for (int i = 0; i < block.images; i++) {
      int from = inputPlace(x, block.image + i, group).offset;
      kernels.unfold(part, x, from, space.data, i * part.positions(), step);
    }
    return space;
  }

  private void fold(Object columns, Block block, int group, Object x) {
    Windows part = part(block);
    int step = count(block);
    for (int i = 0; i < block.images; i++) {
      int to = inputPlace(x, block.image + i, group).offset;
      kernels.fold(part, columns, i * part.positions(), step, x, to);
    }
  }

  private Windows part(Block block) {
    return new Windows(
        windows.planes(), windows.rows().part(block.row, block.rows), windows.columns());
  }

  private Place columnSpace() {
    Object space = columns;
    if (space == null) {
      space = dtype.allocate(sizes.depth() * count(blocks.get(0)));
      columns = space;
    }
    return new Place(space, 0);
  }

  private Place inputPlace(Object x, int image, int group) {
    return new Place(x, (image * sizes.groups() + group) * windows.planes() * windows.plane());
  }

  // ---------------------------------------------------------------- outputs and weights

  private Place outputsOf(Object y, Block block, int group) {
    if (isImage(block)) {
      return outputPlace(y, block, group);
    }
    Place space = outputSpace();
    kernels.gather(y, space.data, outputPlan(block, group));
    return space;
  }

  private Place outputSpace() {
    Object space = outputs;
    if (space == null) {
      space = dtype.allocate(sizes.outputs() * count(blocks.get(0)));
      outputs = space;
    }
    return new Place(space, 0);
  }

  private Place outputPlace(Object y, Block block, int group) {
    return new Place(
        y, (block.image * sizes.groups() + group) * sizes.outputs() * windows.positions());
  }

  /** Returns the plan that reads the outputs of a block as a matrix, a channel to a row. */
  private Strides outputPlan(Block block, int group) {
    Shape images =
        Shape.of(
            sizes.batch(),
            sizes.groups() * sizes.outputs(),
            windows.rows().positions(),
            windows.columns().positions());
    int channel = group * sizes.outputs();
    return Strides.of(images)
        .slice(
            Slice.range(block.image, block.image + block.images),
            Slice.range(channel, channel + sizes.outputs()),
            Slice.range(block.row, block.row + block.rows),
            Slice.all())
        .permute(1, 0, 2, 3);
  }

  private int weights(int group) {
    return group * sizes.outputs() * sizes.depth();
  }
}
