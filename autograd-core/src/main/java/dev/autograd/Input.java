package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Map;

/**
 * A vertex without operands: a leaf, a parameter, or a constant operand of a recorded operation.
 */
final class Input extends Vertex {

  /** What an input is; the names are what listings print. */
  enum Kind {
    LEAF,
    PARAMETER,
    CONSTANT
  }

  private final Kind kind;

  /** The number itself, of a 0-d constant; nodes hold no other values. */
  private final double value;

  private volatile boolean frozen;

  Input(Kind kind, long id, Shape shape, DType dtype) {
    this(kind, id, shape, dtype, 0);
  }

  /** Makes the vertex of a constant operand. */
  static Input constant(long id, Tensor value) {
    double number =
        value.isNumber()
            ? value.unguardedNumber()
            : value.rank() == 0 ? value.unguarded().doubleAt(0) : 0;
    return new Input(Kind.CONSTANT, id, value.shape(), value.dtype(), number);
  }

  private Input(Kind kind, long id, Shape shape, DType dtype, double value) {
    super(id, shape, dtype);
    this.kind = kind;
    this.value = value;
    if (kind != Kind.CONSTANT) {
      details().gradient = new GradientSlot();
    }
  }

  boolean frozen() {
    return frozen;
  }

  void freeze(boolean on) {
    frozen = on;
  }

  @Override
  boolean tracked() {
    return kind != Kind.CONSTANT && !frozen;
  }

  @Override
  int inputCount() {
    return 0;
  }

  @Override
  Vertex input(int i) {
    throw new IndexOutOfBoundsException(i);
  }

  @Override
  public Map<String, Object> attributes() {
    return kind == Kind.CONSTANT && shape().rank() == 0 ? Map.of("value", value) : Map.of();
  }

  @Override
  public String op() {
    return switch (kind) {
      case LEAF -> "leaf";
      case PARAMETER -> "parameter";
      case CONSTANT -> "constant";
    };
  }
}
