package dev.autograd;

/**
 * The elements of a tensor of either precision, read in place and added up in double precision, one
 * after the other.
 */
final class Elements {

  private final Object data;
  private final int size;

  private Elements(Object data, int size) {
    this.data = data;
    this.size = size;
  }

  static Elements of(Tensor tensor) {
    return new Elements(tensor.data(), tensor.size());
  }

  private double at(int i) {
    return data instanceof double[] wide ? wide[i] : ((float[]) data)[i];
  }

  /** Returns the largest magnitude, NaN if an element is NaN, and 0 if there are none. */
  double largest() {
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, Math.abs(at(i)));
    }
    return largest;
  }

  /** Returns the sum of the products with other elements, as many as these. */
  double dot(Elements other) {
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += at(i) * other.at(i);
    }
    return total;
  }

  /** Returns the sum of the squares of the elements divided by a unit. */
  double squares(double unit) {
    double total = 0;
    for (int i = 0; i < size; i++) {
      double share = at(i) / unit;
      total += share * share;
    }
    return total;
  }
}
