package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;

/**
 * Storage for what operations compute: of the innermost open tape, which gets it back when it
 * closes, or the heap's.
 */
final class Allocation {

  private Allocation() {}

  /** Returns storage whose elements are to be overwritten, every one; they may hold anything. */
  static NdArray uninitialized(DType dtype, Shape shape) {
    Lease lease = Recorder.current().lease();
    return lease == null
        ? NdArray.zeros(dtype, shape)
        : new NdArray(shape, dtype, lease.take(dtype, shape.size()));
  }

  /** Returns storage of zeros. */
  static NdArray zeros(DType dtype, Shape shape) {
    Lease lease = Recorder.current().lease();
    if (lease == null) {
      return NdArray.zeros(dtype, shape);
    }
    Object data = lease.take(dtype, shape.size());
    Pool.clear(data, shape.size());
    return new NdArray(shape, dtype, data);
  }

  /** Returns an untracked tensor over storage that came from here, guarded by its owner. */
  static Tensor tensor(NdArray value) {
    return new Tensor(value, Recorder.current().lease(), null);
  }

  /** Returns an untracked tensor of a copy. */
  static Tensor copy(NdArray values) {
    NdArray copy = uninitialized(values.dtype(), values.shape());
    System.arraycopy(values.data(), 0, copy.data(), 0, values.size());
    return tensor(copy);
  }

  /** Returns an array of one number, which may be changed. */
  static NdArray single(DType dtype, double value) {
    Object array = dtype == DType.F64 ? new double[] {value} : new float[] {(float) value};
    return new NdArray(Shape.SCALAR, dtype, array);
  }

  /** Returns an untracked single number. */
  static Tensor number(DType dtype, double value) {
    return new Tensor(dtype, value, Recorder.current().lease(), null);
  }
}
