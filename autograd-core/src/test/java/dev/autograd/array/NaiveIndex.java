package dev.autograd.array;

/** Index arithmetic by the definition, one coordinate at a time. */
public final class NaiveIndex {

  private NaiveIndex() {}

  /** Returns the coordinates of element {@code i} of a row-major block. */
  public static int[] coordinates(int i, Shape shape) {
    int[] coordinates = new int[shape.rank()];
    int rest = i;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      coordinates[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return coordinates;
  }

  /**
   * Returns the index, in an operand, of the element that element {@code i} of the result reads.
   */
  public static int ofOperand(int i, Shape result, Shape operand) {
    int[] coordinates = coordinates(i, result);
    int index = 0;
    for (int axis = 0; axis < operand.rank(); axis++) {
      int size = operand.dim(axis);
      int coordinate = coordinates[result.rank() - operand.rank() + axis];
      index = index * size + (size == 1 ? 0 : coordinate);
    }
    return index;
  }

  /** Returns the index, in the block, of element {@code i} of a reading. */
  public static int ofPlan(int i, Strides plan) {
    int[] coordinates = coordinates(i, plan.shape());
    int index = plan.offset();
    for (int axis = 0; axis < coordinates.length; axis++) {
      index += coordinates[axis] * plan.strides()[axis];
    }
    return index;
  }
}
