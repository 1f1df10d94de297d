package dev.autograd.nn.io;

import dev.autograd.array.DType;

/**
 * How a number is stored in a file, and the element type that holds all such numbers exactly. The
 * names are those of safetensors.
 */
enum StoredType {
  /** One byte, 0 for false. */
  BOOL(1, DType.BOOL),
  /** Unsigned, one byte. */
  U8(1, DType.I32),
  /** Two's complement, one byte. */
  I8(1, DType.I32),
  /** Unsigned, two bytes. */
  U16(2, DType.I32),
  /** Two's complement, two bytes. */
  I16(2, DType.I32),
  /** IEEE 754 binary16: half precision. */
  F16(2, DType.F32),
  /** The upper half of an F32. */
  BF16(2, DType.F32),
  /** Unsigned, four bytes. */
  U32(4, DType.I64),
  /** Two's complement, four bytes. */
  I32(4, DType.I32),
  /** IEEE 754 binary32. */
  F32(4, DType.F32),
  /** IEEE 754 binary64. */
  F64(8, DType.F64),
  /** Two's complement, eight bytes. */
  I64(8, DType.I64);

  private final int bytes;
  private final DType dtype;

  StoredType(int bytes, DType dtype) {
    this.bytes = bytes;
    this.dtype = dtype;
  }

  /** Returns how tensors of an element type are stored. */
  static StoredType of(DType dtype) {
    return valueOf(dtype.name());
  }

  /** Returns the bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** Returns the element type of what is read. */
  DType dtype() {
    return dtype;
  }
}
