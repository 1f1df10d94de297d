package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The elements of a tensor as bytes, in row-major order, a few at a time. */
final class Elements {

  private Elements() {}

  // ---------------------------------------------------------------- reading

  /**
   * Returns the next elements as a tensor that belongs to no tape. Allocates it at once: whoever
   * calls this has seen that the bytes are there.
   *
   * @param target the element type of the result; converted as by {@link Tensor#to}
   */
  static Tensor read(Bytes bytes, StoredType type, ByteOrder order, Shape shape, DType target)
      throws IOException {
    return tensor(readArray(bytes, type, order, shape, target));
  }

  /** Returns the next elements as an array. */
  static NdArray readArray(Bytes bytes, StoredType type, ByteOrder order, Shape shape, DType target)
      throws IOException {
    NdArray result = NdArray.zeros(target, shape);
    int most = Bytes.MOST / type.bytes();
    boolean direct = target == type.dtype();
    Object piece = direct ? result.data() : type.dtype().allocate(Math.min(most, shape.size()));
    for (int done = 0; done < shape.size(); ) {
      int n = Math.min(most, shape.size() - done);
      ByteBuffer next = bytes.next(n * type.bytes()).order(order);
      decode(next, type, piece, direct ? done : 0, n);
      if (!direct) {
        NdArray converted = new NdArray(Shape.of(n), type.dtype(), piece).to(target);
        System.arraycopy(converted.data(), 0, result.data(), done, n);
      }
      done += n;
    }
    return result;
  }

  private static void decode(ByteBuffer in, StoredType type, Object into, int at, int n) {
    switch (type) {
      case F32 -> in.asFloatBuffer().get((float[]) into, at, n);
      case F64 -> in.asDoubleBuffer().get((double[]) into, at, n);
      case I32 -> in.asIntBuffer().get((int[]) into, at, n);
      case I64 -> in.asLongBuffer().get((long[]) into, at, n);
      case U32 -> {
        for (int i = 0; i < n; i++) {
          ((long[]) into)[at + i] = Integer.toUnsignedLong(in.getInt());
        }
      }
      case F16, BF16 -> {
        for (int i = 0; i < n; i++) {
          short bits = in.getShort();
          ((float[]) into)[at + i] =
              type == StoredType.F16
                  ? HalfPrecision.toFloat(bits)
                  : Float.intBitsToFloat(bits << 16);
        }
      }
      case BOOL -> {
        for (int i = 0; i < n; i++) {
          ((boolean[]) into)[at + i] = in.get() != 0;
        }
      }
      case U8, I8, U16, I16 -> {
        for (int i = 0; i < n; i++) {
          ((int[]) into)[at + i] = small(in, type);
        }
      }
    }
  }

  private static int small(ByteBuffer in, StoredType type) {
    return switch (type) {
      case U8 -> in.get() & 0xff;
      case I8 -> in.get();
      case U16 -> in.getShort() & 0xffff;
      default -> in.getShort();
    };
  }

  /** Returns a tensor over an array, without a copy. */
  static Tensor tensor(NdArray array) {
    Shape shape = array.shape();
    return switch (array.dtype()) {
      case F32 -> Tensor.wrap(shape, (float[]) array.data());
      case F64 -> Tensor.wrap(shape, (double[]) array.data());
      case I32 -> Tensor.wrap(shape, (int[]) array.data());
      case I64 -> Tensor.wrap(shape, (long[]) array.data());
      case BOOL -> Tensor.wrap(shape, (boolean[]) array.data());
    };
  }

  // ---------------------------------------------------------------- writing

  /** Writes the elements of a tensor, little-endian, as its element type says. */
  static void write(Tensor tensor, OutputStream out) throws IOException {
    int width = tensor.dtype().bytes();
    Object values = values(tensor);
    byte[] bytes = new byte[Math.min(Bytes.MOST / width, tensor.size()) * width];
    for (int done = 0; done < tensor.size(); done += bytes.length / width) {
      int n = Math.min(bytes.length / width, tensor.size() - done);
      encode(
          tensor.dtype(), values, done, n, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
      out.write(bytes, 0, n * width);
    }
  }

  private static Object values(Tensor tensor) {
    return switch (tensor.dtype()) {
      case F32 -> tensor.toFloatArray();
      case F64 -> tensor.toDoubleArray();
      case I32, I64, BOOL -> tensor.toLongArray();
    };
  }

  private static void encode(DType dtype, Object values, int from, int n, ByteBuffer out) {
    switch (dtype) {
      case F32 -> out.asFloatBuffer().put((float[]) values, from, n);
      case F64 -> out.asDoubleBuffer().put((double[]) values, from, n);
      case I64 -> out.asLongBuffer().put((long[]) values, from, n);
      case I32 -> {
        for (int i = 0; i < n; i++) {
          out.putInt((int) ((long[]) values)[from + i]);
        }
      }
      case BOOL -> {
        for (int i = 0; i < n; i++) {
          out.put((byte) ((long[]) values)[from + i]);
        }
      }
    }
  }
}
