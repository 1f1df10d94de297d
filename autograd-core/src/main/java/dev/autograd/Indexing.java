package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Runs;
import dev.autograd.array.Shape;
import dev.autograd.array.Strides;
import dev.autograd.kernel.Backends;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Elements chosen by a tensor of indices (I32 or I64) or by a mask (BOOL). These have no derivative
 * but are operands like any other: inputs of the recorded operation.
 *
 * <p>An index outside its axis is an {@link IndexOutOfBoundsException}, and so is a negative one,
 * which is more often a mistake or a marker than meant to count from the end. An index may repeat;
 * what then arrives at one place, a value or a gradient, accumulates one by one in row-major order,
 * rounded to the element type each time: the same bits in every run. What is only read ({@code
 * gather}, {@code scatter}, {@code indexSelect}, {@code embedding}, {@code maskedSelect}) can be of
 * any element type. Many readings of one tensor add to one gradient, whose size they pay for once.
 *
 * <p>{@code g} is the upstream gradient.
 */
public sealed interface Indexing permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns, for each element of an index tensor, the element of this tensor at the same place, but
   * for one axis, where the index tells the place: for a matrix and axis 1, {@code y[i, j] = a[i,
   * index[i, j]]}. {@code [m, n], [m, k] -> [m, k]}; along the other axes the index may be smaller.
   * Derivative: g added to the places that were read.
   *
   * @throws ShapeException if the numbers of axes differ, or the index is larger along another axis
   * @throws IndexOutOfBoundsException if an index is negative or not below the axis' size; likewise
   *     below
   * @throws DTypeException if the index is neither I32 nor I64; likewise below
   */
  default Tensor gather(int axis, Tensor index) {
    return elements("gather", self().shape(), axis, index).from(self());
  }

  /**
   * Returns this tensor with a source added at the places that {@link #gather} would read: for a
   * matrix and axis 1, {@code source[i, j]} is added to element {@code [i, index[i, j]]}. {@code
   * [m, n], [m, k], [m, k] -> [m, n]}. Derivatives: g, and for the source {@code g.gather(axis,
   * index)}.
   *
   * @throws ShapeException as {@link #gather}, and if the source has not the index' shape
   */
  default Tensor scatterAdd(int axis, Tensor index, Tensor source) {
    Picking places = elements("scatterAdd", self().shape(), axis, index);
    return Picking.added("scatterAdd", self(), places, index, source);
  }

  /**
   * Returns this tensor with a source written at the places that {@link #gather} would read. Where
   * an index repeats, the last in row-major order stays. Derivatives: g where nothing was written;
   * for the source, g at the places where it stayed; 0 elsewhere.
   *
   * @throws ShapeException as {@link #gather}, and if the source has not the index' shape
   */
  default Tensor scatter(int axis, Tensor index, Tensor source) {
    Tensor a = self();
    Shape whole = a.shape();
    int at = Checks.axis("scatter", axis, whole);
    requireFit("scatter", whole, at, index.shape());
    Checks.sameType("scatter", a, source);
    Shape part = index.shape();
    Checks.sameShape("scatter", "the index", part, "the source", source.shape());
    Runs places = elementRuns("scatter", whole, at, index);
    NdArray value = a.array().copy();
    Backends.movement(a.dtype()).scatter(source.array().data(), value.data(), places);
    List<@Nullable Pullback> pullbacks =
        Arrays.asList(
            g -> g.scatter(at, index, Factories.full(g.dtype(), 0, part)),
            null,
            g -> g.gather(at, index).where(lastWriters(whole, at, index), 0));
    return Recording.result(
            "scatter", Allocation.tensor(value), List.of(a, index, source), pullbacks, false)
        .with("axis", at);
  }

  /** Returns the mask of the indices that are the last to name their place: each writes its own. */
  private static Tensor lastWriters(Shape whole, int axis, Tensor index) {
    Tensor own = Tensor.arange(DType.I32, index.size()).reshape(index.shape());
    Tensor last = Factories.full(DType.I32, 0, whole).scatter(axis, index, own);
    return last.gather(axis, index).eq(own);
  }

  private static Picking elements(String op, Shape whole, int axis, Tensor index) {
    int at = Checks.axis(op, axis, whole);
    requireFit(op, whole, at, index.shape());
    return new Picking(
        "gather",
        Map.of("axis", at),
        whole,
        index.shape(),
        () -> elementRuns(op, whole, at, index),
        index);
  }

  private static void requireFit(String op, Shape whole, int axis, Shape index) {
    boolean fits = whole.rank() == index.rank();
    for (int other = 0; fits && other < whole.rank(); other++) {
      fits = other == axis || index.dim(other) <= whole.dim(other);
    }
    if (!fits) {
      throw new ShapeException(
          op
              + ": the tensor is "
              + whole
              + " and the index "
              + index
              + "; they must have equally many axes, and the index must not be larger along any but"
              + " axis "
              + axis);
    }
  }

  private static Runs elementRuns(String op, Shape whole, int axis, Tensor index) {
    int[] chosen = Indices.along(op, index, whole, axis);
    int[] strides = Strides.of(whole).strides().clone();
    int step = strides[axis];
    strides[axis] = 0;
    int[] places = new Strides(index.shape(), 0, strides).positions();
    for (int i = 0; i < places.length; i++) {
      places[i] += chosen[i] * step;
    }
    return new Runs(places, 1);
  }

  /**
   * Returns chosen indices along an axis, in the order they are named: {@code [2, 5, 3]} by {@code
   * [4]} indices at axis 1 is {@code [2, 4, 3]}. Indices of another shape take the axis' place with
   * all their axes, {@code [2, 5, 3]} by {@code [4, 6]} is {@code [2, 4, 6, 3]}, and by a 0-d index
   * {@code [2, 3]}. Derivative: g added to the places that were read.
   *
   * @see #gather for the errors
   */
  default Tensor indexSelect(int axis, Tensor index) {
    return along("indexSelect", "indexSelect", self().shape(), axis, index).from(self());
  }

  /**
   * Returns this tensor with a source added at the places that {@link #indexSelect} would read:
   * {@code [2, 5, 3], [4], [2, 4, 3] -> [2, 5, 3]} at axis 1. Derivatives: g, and for the source
   * {@code g.indexSelect(axis, index)}.
   *
   * @throws ShapeException if the source has not the shape that indexSelect would return
   */
  default Tensor indexAdd(int axis, Tensor index, Tensor source) {
    Picking places = along("indexAdd", "indexSelect", self().shape(), axis, index);
    return Picking.added("indexAdd", self(), places, index, source);
  }

  /**
   * Returns the rows of this matrix of weights that indices name: {@code [rows, width]} by indices
   * {@code [batch, time]} is {@code [batch, time, width]}. Derivative: g added to the rows that
   * were read.
   *
   * @throws ShapeException if this is no matrix
   */
  default Tensor embedding(Tensor indices) {
    return rows(self().shape(), indices).from(self());
  }

  /**
   * Returns the rows that indices name, where one row stands for padding: it is read like the
   * others but gets no gradient through this operation, hence is never trained.
   *
   * @param padding the index of that row
   * @throws IndexOutOfBoundsException also if there is no such row
   */
  default Tensor embedding(Tensor indices, int padding) {
    Picking picking = rows(self().shape(), indices);
    int count = self().shape().dim(0);
    if (padding < 0 || padding >= count) {
      throw new IndexOutOfBoundsException(
          "embedding: the padding index is "
              + padding
              + " and the number of rows "
              + count
              + "; it must be the index of a row");
    }
    Tensor rows = picking.from(self());
    return rows.detach().where(indices.eq(padding).unsqueeze(-1), rows);
  }

  private static Picking rows(Shape whole, Tensor indices) {
    if (whole.rank() != 2) {
      throw new ShapeException(
          "embedding: the weights are " + whole + "; they must be a matrix [rows, width]");
    }
    return along("embedding", "embedding", whole, 0, indices);
  }

  private static Picking along(String asked, String op, Shape whole, int axis, Tensor index) {
    int at = Checks.axis(asked, axis, whole);
    return new Picking(
        op,
        Map.of("axis", at),
        whole,
        Checks.shape(asked, replaced(whole.toArray(), at, index.shape().toArray())),
        () -> Runs.along(whole, at, Indices.along(asked, index, whole, at)),
        index);
  }

  /** Returns sizes with several in the place of one. */
  private static long[] replaced(int[] dims, int axis, int... others) {
    long[] sizes = new long[dims.length - 1 + others.length];
    for (int i = 0; i < axis; i++) {
      sizes[i] = dims[i];
    }
    for (int i = 0; i < others.length; i++) {
      sizes[axis + i] = others[i];
    }
    for (int i = axis + 1; i < dims.length; i++) {
      sizes[i - 1 + others.length] = dims[i];
    }
    return sizes;
  }

  /**
   * Returns this tensor with a number wherever a mask holds; tensor and mask broadcast. Another
   * tensor instead of the number: {@code other.where(mask, a)}. Derivative: g where the mask does
   * not hold, 0 (also against an infinite slope) where it does.
   *
   * @param mask a BOOL tensor
   */
  default Tensor maskedFill(Tensor mask, double value) {
    Tensor a = self();
    Checks.requireMask("maskedFill", "mask", mask);
    return a.record(
            "maskedFill",
            Allocation.tensor(Compute.select("maskedFill", mask, Factories.like(a, value), a)),
            g -> g.maskedFill(mask, 0),
            mask)
        .with("value", value);
  }

  /**
   * Returns the elements where a mask holds, in row-major order, as a vector; tensor and mask
   * broadcast. Derivative: g put back at their places, 0 elsewhere.
   *
   * @param mask a BOOL tensor
   */
  default Tensor maskedSelect(Tensor mask) {
    Shape whole = self().shape();
    Checks.requireMask("maskedSelect", "mask", mask);
    Runs runs = maskedRuns(whole, mask);
    Shape part = Shape.of(runs.count());
    return new Picking("maskedSelect", Map.of(), whole, part, () -> maskedRuns(whole, mask), mask)
        .from(self(), runs);
  }

  private static Runs maskedRuns(Shape whole, Tensor mask) {
    Shape shape = Checks.broadcast("maskedSelect", whole, mask.shape()).shape();
    boolean[] holds = (boolean[]) Compute.expand(mask.array(), shape).data();
    int[] places = Strides.of(whole).broadcastTo(shape).positions();
    int count = 0;
    for (int i = 0; i < places.length; i++) {
      if (holds[i]) {
        places[count++] = places[i];
      }
    }
    return new Runs(Arrays.copyOf(places, count), 1);
  }

  /**
   * Returns, of class indices, the indicator vectors: {@code [n] -> [n, classes]}, 1 at the class
   * and 0 elsewhere, of a given element type. It is constant, so it has no derivative.
   *
   * @throws DTypeException if this is neither I32 nor I64
   * @throws IndexOutOfBoundsException if an index is no class
   */
  default Tensor oneHot(DType dtype, int classes) {
    Tensor index = self();
    Checks.count("oneHot", "number of classes", classes);
    IntStream dims =
        IntStream.concat(Arrays.stream(index.shape().toArray()), IntStream.of(classes));
    Shape shape = Checks.shape("oneHot", dims.asLongStream().toArray());
    int[] places = Indices.below("oneHot", index, classes, () -> classes + " classes");
    for (int i = 0; i < places.length; i++) {
      places[i] += i * classes;
    }
    NdArray value = Allocation.zeros(dtype, shape);
    NdArray ones = Factories.full(dtype, 1, index.shape()).array();
    Backends.movement(dtype).scatter(ones.data(), value.data(), new Runs(places, 1));
    return Allocation.tensor(value);
  }
}
