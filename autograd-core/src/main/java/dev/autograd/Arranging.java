package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.NdArray;
import dev.autograd.array.Runs;
import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import dev.autograd.array.Strides;
import dev.autograd.kernel.Backends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Elements turned round, moved on, repeated, bordered or dealt out. Works for every element type;
 * axes count from the end if negative.
 *
 * <p>{@code g} is the upstream gradient.
 */
public sealed interface Arranging permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns the elements in reverse order along some axes; without an argument, along all.
   * Derivative: g, flipped alike.
   *
   * @throws ShapeException if an axis does not exist or is named twice
   */
  default Tensor flip(int... axes) {
    Tensor a = self();
    Axes named = axes.length == 0 ? Axes.all() : Axes.of(axes);
    int[] over = Checks.axes("flip", named, a.shape());
    NdArray value = Compute.gather(a.array(), Strides.of(a.shape()).flip(over));
    return a.record("flip", Allocation.tensor(value), g -> g.flip(over)).with("axes", named);
  }

  /**
   * Returns the elements moved on along an axis; what leaves at the end comes in at the start:
   * {@code [1, 2, 3, 4]} by 1 is {@code [4, 1, 2, 3]}. A negative shift moves back, one beyond the
   * axis' size goes round several times. Derivative: g, moved back.
   */
  default Tensor roll(int axis, int shift) {
    Tensor a = self();
    Shape own = a.shape();
    int at = Checks.axis("roll", axis, own);
    int size = own.dim(at);
    int moved = size == 0 ? 0 : Math.floorMod(shift, size);
    NdArray value = Allocation.uninitialized(a.dtype(), own);
    move(a.array(), Slice.to(size - moved), value, Slice.from(moved), at);
    move(a.array(), Slice.from(size - moved), value, Slice.to(moved), at);
    return a.record("roll", Allocation.tensor(value), g -> g.roll(at, size - moved))
        .with("axis", at)
        .with("shift", shift);
  }

  private static void move(NdArray source, Slice from, NdArray target, Slice to, int axis) {
    NdArray part = Compute.gather(source, along(source.shape(), axis, from));
    Backends.movement(target.dtype())
        .scatter(part.data(), target.data(), along(target.shape(), axis, to));
  }

  private static Strides along(Shape shape, int axis, Slice slice) {
    return Strides.of(shape).slice(Joining.region(shape.rank(), axis, slice));
  }

  /**
   * Returns copies of the whole side by side, so many per axis, the last number for the last axis:
   * {@code [2, 3]} by (2, 1) is {@code [4, 3]}. More numbers than axes make new axes in front.
   * Derivative: g summed over the copies.
   *
   * @param repeats the numbers of copies, 0 or more; 1 for axes not named
   */
  default Tensor tile(int... repeats) {
    Tensor a = self();
    Shape own = a.shape();
    int rank = Math.max(own.rank(), repeats.length);
    long[] result = new long[rank];
    // Each axis apart from the one that counts its copies.
    long[] apart = new long[2 * rank];
    int[] single = new int[2 * rank];
    int[] copies = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int fromOwn = axis - (rank - own.rank());
      int fromRepeats = axis - (rank - repeats.length);
      int size = fromOwn < 0 ? 1 : own.dim(fromOwn);
      long times =
          fromRepeats < 0 ? 1 : Checks.count("tile", "number of copies", repeats[fromRepeats]);
      copies[axis] = 2 * axis;
      apart[2 * axis] = times;
      apart[2 * axis + 1] = size;
      single[2 * axis] = 1;
      single[2 * axis + 1] = size;
      result[axis] = times * size;
    }
    Shape tiled = Checks.shape("tile", result);
    Shape split = Checks.shape("tile", apart);
    Strides plan = Strides.of(Shape.of(single)).broadcastTo(split);
    NdArray value = Compute.gather(a.array(), plan).withShape(tiled);
    return a.record(
            "tile",
            Allocation.tensor(value),
            g -> g.reshape(split).sum(Axes.of(copies)).reshape(own))
        .with("repeats", listed(repeats));
  }

  /**
   * Returns each element several times in a row along an axis: {@code [1, 2]} by 2 is {@code [1, 1,
   * 2, 2]}. Derivative: g summed over the copies.
   *
   * @param times the number of copies, 0 or more
   */
  default Tensor repeat(int axis, int times) {
    Tensor a = self();
    Shape own = a.shape();
    int at = Checks.axis("repeat", axis, own);
    Checks.count("repeat", "number of copies", times);
    long[] result = Arrays.stream(own.toArray()).asLongStream().toArray();
    result[at] *= times;
    NdArray value = Allocation.uninitialized(a.dtype(), Checks.shape("repeat", result));
    int[] sources = sources(value.shape(), at, i -> i / times);
    Backends.movement(a.dtype())
        .gather(a.array().data(), value.data(), Runs.along(own, at, sources));
    int[] apart = new int[own.rank() + 1];
    Arrays.setAll(apart, i -> i <= at ? own.dim(i) : i == at + 1 ? times : own.dim(i - 1));
    return a.record("repeat", Allocation.tensor(value), g -> g.reshape(apart).sum(at + 1))
        .with("axis", at)
        .with("times", times);
  }

  /** Returns, for each index of an axis of a result, the index it is read from; none of nothing. */
  private static int[] sources(Shape result, int axis, IntUnaryOperator source) {
    int[] sources = new int[result.size() == 0 ? 0 : result.dim(axis)];
    Arrays.setAll(sources, source);
    return sources;
  }

  private static List<Integer> listed(int... values) {
    return Arrays.stream(values).boxed().toList();
  }

  /**
   * Returns the tensor with zeros (false for BOOL) before and after it along an axis: {@code [2,
   * 3]} at axis 1 by 1 and 2 is {@code [2, 6]}. Derivative: g without the border.
   *
   * @throws ShapeException if a width is negative: slices cut off; likewise below
   */
  default Tensor pad(int axis, int before, int after) {
    int[][] widths = new int[self().rank()][2];
    widths[Checks.axis("pad", axis, self().shape())] = new int[] {before, after};
    return pad(0.0, widths);
  }

  /**
   * Returns the tensor with a number around it: {@code [2, 3]} by {1, 0}, {0, 2} is {@code [3, 5]}.
   * Derivative: g without the border.
   *
   * <pre>{@code
   * x.pad(-1.0, new int[][] {{1, 0}, {0, 2}})
   * }</pre>
   *
   * @param widths per axis, how many elements come before and after
   * @throws ShapeException also if there is not one pair per axis; likewise below
   */
  default Tensor pad(double value, int[]... widths) {
    Tensor a = self();
    Shape own = a.shape();
    Shape bordered = bordered(own, widths);
    Slice[] inside = new Slice[own.rank()];
    Arrays.setAll(inside, i -> Slice.range(widths[i][0], widths[i][0] + own.dim(i)));
    NdArray padded = Compute.expand(Factories.like(a, value).array(), bordered);
    Backends.movement(a.dtype())
        .scatter(a.array().data(), padded.data(), Strides.of(bordered).slice(inside));
    return a.record("pad", Allocation.tensor(padded), g -> g.slice(inside))
        .with("widths", Arrays.stream(widths).map(Arranging::listed).toList())
        .with("value", value);
  }

  /**
   * Returns the tensor with its own elements continued around it, axis after axis: {@code [a, b,
   * c]} by {2, 1} is {@code [c, b, a, b, c, b]} reflected and {@code [a, a, a, b, c, c]}
   * replicated. Derivative: g inside, and that of the border added to where its elements came from.
   *
   * @throws ShapeException also if a border is wider than the mode allows: {@link PadMode#REFLECT}
   *     needs less than the axis' size, {@link PadMode#REPLICATE} an axis that is not empty
   */
  default Tensor pad(PadMode mode, int[]... widths) {
    Shape own = self().shape();
    bordered(own, widths);
    for (int axis = 0; axis < widths.length; axis++) {
      int wanted = Math.max(widths[axis][0], widths[axis][1]);
      if (wanted > mode.widest(own.dim(axis))) {
        throw new ShapeException(
            "pad: axis "
                + axis
                + " of shape "
                + own
                + " cannot have a border of "
                + wanted
                + " in mode "
                + mode
                + "; use at most "
                + mode.widest(own.dim(axis)));
      }
    }
    Tensor result = self();
    for (int axis = 0; axis < widths.length; axis++) {
      int before = widths[axis][0];
      int after = widths[axis][1];
      result = before + after == 0 ? result : padded(result, axis, before, after, mode);
    }
    return result;
  }

  private static Tensor padded(Tensor a, int axis, int before, int after, PadMode mode) {
    Shape own = a.shape();
    int[] dims = own.toArray();
    int size = dims[axis];
    dims[axis] = before + size + after;
    Shape result = Shape.of(dims);
    int[] sources = sources(result, axis, i -> mode.source(i - before, size));
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("axis", axis);
    attributes.put("before", before);
    attributes.put("after", after);
    attributes.put("mode", mode);
    return new Picking("pad", attributes, own, result, () -> Runs.along(own, axis, sources), null)
        .from(a);
  }

  /** Returns the shape with a border. */
  private static Shape bordered(Shape own, int[]... widths) {
    boolean fits = widths.length == own.rank();
    for (int[] pair : widths) {
      fits = fits && pair.length == 2 && pair[0] >= 0 && pair[1] >= 0;
    }
    if (!fits) {
      throw new ShapeException(
          "pad: the widths are "
              + Arrays.deepToString(widths)
              + " for shape "
              + own
              + "; give each axis two, before and after, that are 0 or more");
    }
    long[] sizes = new long[widths.length];
    Arrays.setAll(sizes, i -> (long) widths[i][0] + own.dim(i) + widths[i][1]);
    return Checks.shape("pad", sizes);
  }

  /**
   * Returns the tensor dealt out along an axis into parts of one size, of which the last may be
   * smaller: {@code [5, 2]} by 2 makes {@code [2, 2]}, {@code [2, 2]} and {@code [1, 2]}. An empty
   * axis makes one empty part.
   *
   * @param size 1 or more
   */
  default List<Tensor> split(int axis, int size) {
    int length = self().shape().dim(Checks.axis("split", axis, self().shape()));
    if (size < 1) {
      throw new ShapeException("split: the size of a part is " + size + "; it must be 1 or more");
    }
    List<Tensor> parts = new ArrayList<>();
    int from = 0;
    do {
      int to = (int) Math.min((long) from + size, length);
      parts.add(self().slice(axis, from, to));
      from = to;
    } while (from < length);
    return parts;
  }

  /**
   * Returns the tensor dealt out along an axis into parts of given sizes, 0 or more, which together
   * are the axis'.
   */
  default List<Tensor> split(int axis, int[] sizes) {
    int length = self().shape().dim(Checks.axis("split", axis, self().shape()));
    boolean fits = Arrays.stream(sizes).allMatch(size -> size >= 0);
    if (!fits || Arrays.stream(sizes).asLongStream().sum() != length) {
      throw new ShapeException(
          "split: the sizes are "
              + Arrays.toString(sizes)
              + " for axis "
              + axis
              + " of shape "
              + self().shape()
              + "; they must be 0 or more and add up to "
              + length);
    }
    List<Tensor> parts = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      parts.add(self().slice(axis, from, from + size));
      from += size;
    }
    return parts;
  }
}
