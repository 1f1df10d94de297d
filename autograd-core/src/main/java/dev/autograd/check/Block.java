package dev.autograd.check;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One input of a checked function: what it is called, its shape, and the values it is checked at.
 */
final class Block {

  private final String name;
  private final String label;
  private final Shape shape;
  private final Precision precision;
  private final double[] values;
  private final double largest;

  /**
   * Makes a block of values.
   *
   * @param name the name given by the user; empty if none
   * @param label how messages call this input
   */
  Block(String name, String label, Shape shape, Precision precision, double... values) {
    this.name = name;
    this.label = label;
    this.shape = shape;
    this.precision = precision;
    this.values = values;
    this.largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  String name() {
    return name;
  }

  String label() {
    return label;
  }

  Shape shape() {
    return shape;
  }

  Precision precision() {
    return precision;
  }

  /** Returns the same values in double precision. */
  Block twin() {
    return new Block(name, label, shape, Precision.DOUBLE, values);
  }

  /** Returns the values themselves, which nobody may change. */
  double[] values() {
    return values;
  }

  /** Returns the largest magnitude among the values; 0 if there is none. */
  double largest() {
    return largest;
  }

  static double[][] valuesOf(List<Block> blocks) {
    return blocks.stream().map(Block::values).toArray(double[][]::new);
  }

  /** Returns the index, one number per axis, of an element counted in row-major order. */
  static List<Integer> index(Shape shape, int element) {
    List<Integer> index = new ArrayList<>(shape.rank());
    int rest = element;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index.add(0, rest % shape.dim(axis));
      rest /= shape.dim(axis);
    }
    return List.copyOf(index);
  }
}
