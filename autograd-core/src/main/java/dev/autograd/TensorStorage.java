package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What a tensor holds, and whether it may still be read.
 *
 * <p>A single floating-point number, 0-d, is held without an array: scalar graphs hold millions,
 * and an array costs each of them 24 bytes and a cache miss. Whoever asks for its array gets a new
 * one.
 */
abstract sealed class TensorStorage extends Factories permits Tensor {

  private final Shape shape;
  private final DType dtype;

  /** The array; null for a number. */
  private final @Nullable Object data;

  /** The number, rounded to the type; meaningless beside an array. */
  private final double number;

  private final @Nullable Guard guard;

  TensorStorage(NdArray array, @Nullable Guard guard) {
    // Its parts, not the block: one object less.
    this.shape = array.shape();
    this.dtype = array.dtype();
    this.data = array.data();
    this.number = 0;
    this.guard = guard;
  }

  TensorStorage(DType dtype, double number, @Nullable Guard guard) {
    this.shape = Shape.SCALAR;
    this.dtype = dtype;
    this.data = null;
    this.number = dtype == DType.F32 ? (float) number : number;
    this.guard = guard;
  }

  /** Returns the sizes. */
  public final Shape shape() {
    return shape;
  }

  /** Returns the element type. */
  public final DType dtype() {
    return dtype;
  }

  /** Returns the number of axes; 0 for a single number. */
  public final int rank() {
    return shape.rank();
  }

  /** Returns the number of elements. */
  public final int size() {
    return shape.size();
  }

  /**
   * Returns the elements, for reading.
   *
   * @throws ClosedTapeException if they belonged to a tape that is closed
   * @throws StaleValueException if they were a parameter's and it was updated
   */
  final NdArray array() {
    return new NdArray(shape, dtype, data());
  }

  /** Returns if the elements may be read; refuses as {@link #array()} does. */
  final void requireReadable() {
    if (isNumber()) {
      number();
    } else {
      data();
    }
  }

  /** Returns the storage of the elements, for reading; refuses as {@link #array()} does. */
  Object data() {
    if (guard != null) {
      guard.check((Tensor) this);
    }
    return elements();
  }

  /** Returns whether this is a single floating-point number, 0-d. */
  final boolean isNumber() {
    return shape.rank() == 0 && dtype.isFloating();
  }

  /** Returns the value of a single floating-point number; refuses as {@link #array()} does. */
  final double number() {
    if (data == null) {
      if (guard != null) {
        guard.check((Tensor) this);
      }
      return number;
    }
    return first(data());
  }

  /** Returns the value of a single floating-point number without asking whether it may be read. */
  final double unguardedNumber() {
    return data == null ? number : first(data);
  }

  private static double first(Object array) {
    return array instanceof double[] doubles ? doubles[0] : ((float[]) array)[0];
  }

  /** Returns the elements without asking whether they may be read. */
  final NdArray unguarded() {
    return new NdArray(shape, dtype, elements());
  }

  /** Returns the array, to be compared with others; null for a number without one. */
  final @Nullable Object storage() {
    return data;
  }

  private Object elements() {
    if (data != null) {
      return data;
    }
    return dtype == DType.F64 ? new double[] {number} : new float[] {(float) number};
  }

  /** Returns what a tensor over the same storage must be guarded by. */
  @Nullable Guard aliasGuard() {
    return guard;
  }
}
