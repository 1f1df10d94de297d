package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;

/** A vertex without operands: a leaf, a parameter, or a constant operand of a recorded operation. */
final class Input extends Vertex {

  /** What an input is; the names are what listings print. */
  enum Kind {
    LEAF,
    PARAMETER,
    CONSTANT
  }

  private final Kind kind;
  private volatile boolean frozen;

  Input(Kind kind, long id, Shape shape, DType dtype) {
    super(id, shape, dtype);
    this.kind = kind;
    if (kind != Kind.CONSTANT) {
      gradient = new GradientSlot();
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
  public String op() {
    return switch (kind) {
      case LEAF -> "leaf";
      case PARAMETER -> "parameter";
      case CONSTANT -> "constant";
    };
  }
}
