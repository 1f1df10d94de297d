package dev.autograd.nn;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;

/**
 * A named value that a layer remembers and nobody differentiates, such as the running mean of a
 * {@link BatchNorm}: saved with the parameters, but not one of them, so that no optimiser sees it.
 *
 * <p>A buffer is a place for a tensor. Each value is a constant of its own that never changes, and
 * {@link #assign} puts another in its place, so that a graph recorded over the old one stays right.
 */
public final class Buffer {

  private final String name;
  private final boolean runState;
  private volatile Tensor value;

  private Buffer(String name, boolean runState, Tensor value) {
    this.name = name;
    this.runState = runState;
    this.value = value;
  }

  /**
   * Returns a buffer that starts with a copy of the given values.
   *
   * @param name its path in {@link Layer#buffers()}
   * @throws IllegalArgumentException if the name is empty
   * @throws DTypeException for integers and masks
   */
  public static Buffer of(String name, Tensor initial) {
    return of(name, false, initial);
  }

  /**
   * Returns a buffer of what only training reads, such as a number of passes: whoever resumes a run
   * needs it, the model's function in inference does not. Files hold it, but one without it is
   * complete, and the value then stays; other frameworks are not given it.
   *
   * @param name its path in {@link Layer#buffers()}
   * @throws IllegalArgumentException if the name is empty
   * @throws DTypeException for integers and masks
   */
  public static Buffer ofRun(String name, Tensor initial) {
    return of(name, true, initial);
  }

  private static Buffer of(String name, boolean runState, Tensor initial) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "Buffer: the name is empty; it is the path under which the value is saved");
    }
    if (!initial.dtype().isFloating()) {
      throw new DTypeException(
          "Buffer \"" + name + "\": the values are " + initial.dtype() + "; use F32 or F64");
    }
    return new Buffer(name, runState, StoredValues.copy(initial));
  }

  /** Returns another buffer of the same kind that starts with the current value, in a type. */
  Buffer copy(DType dtype) {
    return of(name, runState, value.to(dtype));
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns whether it belongs to a run of training, as {@link #ofRun} says, not to the model. */
  public boolean isRunState() {
    return runState;
  }

  /** Returns the current value, a constant that no tape owns. */
  public Tensor value() {
    return value;
  }

  /** Returns the shape, which stays. */
  public Shape shape() {
    return value.shape();
  }

  /** Returns the element type, which stays. */
  public DType dtype() {
    return value.dtype();
  }

  /**
   * Replaces the value by a copy of the given one.
   *
   * @throws ShapeException if the shape differs
   * @throws DTypeException if the element type differs
   */
  public void assign(Tensor next) {
    StoredValues.requireFits("assign", name, value, next);
    value = StoredValues.copy(next);
  }

  /** Returns the name and the current values. */
  @Override
  public String toString() {
    return name + " = " + value;
  }
}
