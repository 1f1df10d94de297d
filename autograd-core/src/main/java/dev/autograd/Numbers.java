package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.Collection;

/**
 * What messages say about the elements of a tensor: their range, and how many are not finite.
 *
 * @param label the tensor's label; empty for none
 * @param min the smallest finite element
 * @param max the largest finite element, below {@code min} if there is none
 * @param first the place of the first element that is not finite, in row-major order; -1 for none
 */
record Numbers(
    String label,
    Shape shape,
    DType dtype,
    double min,
    double max,
    int nans,
    int infinities,
    int first) {

  static Numbers of(Tensor tensor) {
    return of(tensor.name(), tensor.array());
  }

  static Numbers of(String label, NdArray array) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int nans = 0;
    int infinities = 0;
    int first = -1;
    for (int i = 0; i < array.size(); i++) {
      double x = array.doubleAt(i);
      if (Double.isFinite(x)) {
        min = Math.min(min, x);
        max = Math.max(max, x);
        continue;
      }
      if (Double.isNaN(x)) {
        nans++;
      } else {
        infinities++;
      }
      if (first < 0) {
        first = i;
      }
    }
    return new Numbers(label, array.shape(), array.dtype(), min, max, nans, infinities, first);
  }

  boolean finite() {
    return first < 0;
  }

  /**
   * Returns what these have that cannot have come from the given ones, for messages: NaN though no
   * source has one, or an infinity though all sources are finite; empty for nothing.
   */
  String madeFrom(Collection<Numbers> sources) {
    if (nans > 0 && sources.stream().allMatch(source -> source.nans == 0)) {
      return "NaN";
    }
    boolean made = infinities > 0 && sources.stream().allMatch(Numbers::finite);
    return made ? "an infinity" : "";
  }

  /** Returns label, type, range and counts, as in {@code "x" F64[3] from -1.0 to 2.5, 1 NaN}. */
  @Override
  public String toString() {
    return (label.isEmpty() ? "" : "\"" + label + "\" ")
        + dtype
        + shape
        + (min <= max ? " from " + min + " to " + max : "")
        + (nans > 0 ? ", " + nans + " NaN" : "")
        + (infinities > 0 ? ", " + infinities + " infinite" : "")
        + (first >= 0 && shape.rank() > 0 ? ", the first at " + index() : "");
  }

  private String index() {
    int[] index = new int[shape.rank()];
    int rest = first;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return Arrays.toString(index);
  }
}
