package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.Map;

/**
 * One vertex of a recorded graph: an operation, or an input (leaf, parameter or constant) of one. A
 * description only: values and derivatives are with the tensors. It stays readable after a sweep
 * has released what the derivatives needed.
 */
public sealed interface Node permits Vertex {

  /** Returns a number that is unique in this Java process and grows in order of recording. */
  long id();

  /** Returns the operation's name, or {@code leaf}, {@code parameter} or {@code constant}. */
  String op();

  /**
   * Returns the label given with {@link Tensor#named} or by {@link Parameter#of}; empty if none.
   */
  String name();

  /** Returns the operation's arguments that are no tensors, such as an axis, in a fixed order. */
  Map<String, Object> attributes();

  /** Returns the shape of the value. */
  Shape shape();

  /** Returns the element type of the value. */
  DType dtype();

  /** Returns the operands, in order; empty for an input. */
  List<Node> inputs();
}
