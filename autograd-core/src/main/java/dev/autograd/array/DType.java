package dev.autograd.array;

/**
 * The type of the numbers in a block. Derivatives exist for {@link #F32} and {@link #F64}; the
 * integer types hold indices and {@link #BOOL} holds masks.
 */
public enum DType {
  /** 32-bit floating point, stored as {@code float[]}. */
  F32(4),
  /** 64-bit floating point, stored as {@code double[]}; the default. */
  F64(8),
  /** 32-bit signed integer, stored as {@code int[]}. */
  I32(4),
  /** 64-bit signed integer, stored as {@code long[]}. */
  I64(8),
  /** True or false, stored as {@code boolean[]}. */
  BOOL(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns whether numbers of this type have derivatives: true for F32 and F64. */
  public boolean isFloating() {
    return this == F32 || this == F64;
  }

  /** Returns the storage that one number takes, in bytes. */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns a new Java array of this type with {@code n} elements, all zero or false.
   *
   * @param n number of elements
   */
  public Object allocate(int n) {
    return switch (this) {
      case F32 -> new float[n];
      case F64 -> new double[n];
      case I32 -> new int[n];
      case I64 -> new long[n];
      case BOOL -> new boolean[n];
    };
  }
}
