package dev.autograd.nn.io;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a .npy array says.
 *
 * @param type how a number is stored
 * @param order the order of its bytes
 * @param fortran whether the first axis runs fastest
 * @param shape the sizes
 */
record NpyHeader(StoredType type, ByteOrder order, boolean fortran, Shape shape) {

  /** The first bytes of every array: 0x93, NUMPY. */
  static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);

  private static final int ALIGNMENT = 64;

  /** The digits that NumPy leaves room for, so that the first axis can grow in place. */
  private static final int GROWTH_DIGITS = 21;

  private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

  private static final Map<String, StoredType> TYPES =
      Map.ofEntries(
          Map.entry("b1", StoredType.BOOL),
          Map.entry("u1", StoredType.U8),
          Map.entry("i1", StoredType.I8),
          Map.entry("u2", StoredType.U16),
          Map.entry("i2", StoredType.I16),
          Map.entry("u4", StoredType.U32),
          Map.entry("i4", StoredType.I32),
          Map.entry("i8", StoredType.I64),
          Map.entry("f2", StoredType.F16),
          Map.entry("f4", StoredType.F32),
          Map.entry("f8", StoredType.F64));

  /** Returns the bytes of the elements. */
  long dataLength() {
    return (long) shape.size() * type.bytes();
  }

  // ---------------------------------------------------------------- reading

  /**
   * Returns what a header says.
   *
   * @param place where it is, for messages
   * @throws FormatException if it is no dictionary of three keys, or describes what no tensor is
   */
  static NpyHeader parse(String place, String text) {
    Map<String, Object> fields = PythonDictionary.parse(place, text);
    if (!fields.keySet().equals(KEYS)) {
      throw new FormatException(
          place,
          "has the keys "
              + FormatException.quote(fields.keySet().toString())
              + "; they must be descr, fortran_order and shape");
    }
    if (!(fields.get("fortran_order") instanceof Boolean fortran)) {
      throw new FormatException(place, "fortran_order must be True or False");
    }
    Object descr = fields.get("descr");
    StoredType type = type(descr);
    ByteOrder order = order(descr, type);
    if (type == null || order == null) {
      throw new FormatException(
          place,
          "descr is "
              + FormatException.quote(String.valueOf(descr))
              + "; numbers and truth values can be read, as <f4, >f8, <i8, |u1 or |b1, but no"
              + " objects, records, texts or complex numbers");
    }
    return new NpyHeader(type, order, fortran, shape(place, fields.get("shape")));
  }

  private static @Nullable StoredType type(@Nullable Object descr) {
    return descr instanceof String code && !code.isEmpty() ? TYPES.get(code.substring(1)) : null;
  }

  private static @Nullable ByteOrder order(@Nullable Object descr, @Nullable StoredType type) {
    if (!(descr instanceof String code) || type == null) {
      return null;
    }
    return switch (code.charAt(0)) {
      case '<' -> ByteOrder.LITTLE_ENDIAN;
      case '>' -> ByteOrder.BIG_ENDIAN;
      case '|' -> type.bytes() == 1 ? ByteOrder.LITTLE_ENDIAN : null;
      default -> null;
    };
  }

  private static Shape shape(String place, @Nullable Object tuple) {
    if (!(tuple instanceof List<?> sizes)) {
      throw new FormatException(place, "shape must be a tuple of integers, as (2, 3) or (2,)");
    }
    try {
      return Shape.of(sizes.stream().mapToInt(size -> Math.toIntExact((Long) size)).toArray());
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new FormatException(
          place,
          "shape is "
              + FormatException.quote(sizes.toString())
              + "; a tensor has no more than "
              + Integer.MAX_VALUE
              + " elements",
          e);
    }
  }

  // ---------------------------------------------------------------- writing

  /** Returns the bytes of the array that {@link #toBytes} is the beginning of. */
  long fileLength() {
    return toBytes().length + dataLength();
  }

  /** Returns how a tensor is written: little-endian, the last axis running fastest. */
  static NpyHeader of(DType dtype, Shape shape) {
    return new NpyHeader(StoredType.of(dtype), ByteOrder.LITTLE_ENDIAN, false, shape);
  }

  /** Returns the bytes before the elements, as NumPy writes them in version 1.0. */
  byte[] toBytes() {
    String dictionary =
        "{'descr': '" + descr() + "', 'fortran_order': False, 'shape': " + tuple() + ", }";
    if (shape.rank() > 0) {
      dictionary += " ".repeat(GROWTH_DIGITS - String.valueOf(shape.dim(0)).length());
    }
    int before = MAGIC.length + 2 + Short.BYTES;
    int unpadded = before + dictionary.length() + 1;
    // NumPy adds a whole block where nothing is missing.
    String header = dictionary + " ".repeat(ALIGNMENT - unpadded % ALIGNMENT) + "\n";
    return ByteBuffer.allocate(before + header.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }

  private String descr() {
    String code =
        TYPES.entrySet().stream()
            .filter(known -> known.getValue() == type)
            .findFirst()
            .orElseThrow()
            .getKey();
    return (type.bytes() == 1 ? "|" : "<") + code;
  }

  private String tuple() {
    String sizes =
        Arrays.stream(shape.toArray()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    return "(" + sizes + (shape.rank() == 1 ? ",)" : ")");
  }
}
