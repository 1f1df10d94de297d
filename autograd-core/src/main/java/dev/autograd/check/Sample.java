package dev.autograd.check;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The operands of one call. Those of floating type are differentiated, and every call gets tensors
 * of its own for them; the others, indices and masks, are passed as they are.
 */
final class Sample {

  /** What is special about the shapes of a sample; the first that fits counts. */
  enum Kind {
    EMPTY,
    SCALAR,
    BROADCAST,
    SIZE_ONE,
    ORDINARY
  }

  private final List<Tensor> given;
  private final List<double @Nullable []> values;

  /** Makes a sample of operands, whose values are copied. */
  Sample(List<? extends Tensor> operands) {
    given = List.copyOf(operands);
    values = new ArrayList<>();
    for (Tensor operand : given) {
      values.add(operand.dtype().isFloating() ? operand.toDoubleArray() : null);
    }
  }

  /** Returns the operands as they were given. */
  List<Tensor> given() {
    return given;
  }

  Shape shape(int operand) {
    return given.get(operand).shape();
  }

  /** Returns the places of the operands that are differentiated. */
  List<Integer> floating() {
    return IntStream.range(0, given.size())
        .filter(k -> given.get(k).dtype().isFloating())
        .boxed()
        .toList();
  }

  /** Returns fresh operands, none of them tracked. */
  List<Tensor> constants(DType dtype) {
    return map((k, x) -> Tensor.wrap(shape(k), x).to(dtype));
  }

  /** Returns fresh operands, tracked where they are differentiated. */
  List<Tensor> leaves(DType dtype) {
    return map((k, x) -> Tensor.wrap(shape(k), x).to(dtype).withGrad());
  }

  /** Returns operands made of the values of each floating one; the others as they are. */
  List<Tensor> map(BiFunction<Integer, double[], Tensor> make) {
    List<Tensor> operands = new ArrayList<>(given);
    for (int k : floating()) {
      double[] x = values.get(k);
      if (x != null) {
        operands.set(k, make.apply(k, x.clone()));
      }
    }
    return operands;
  }

  /** Returns all operands, given the floating ones in order. */
  List<Tensor> filled(List<Tensor> floats) {
    List<Tensor> operands = new ArrayList<>(given);
    int next = 0;
    for (int k : floating()) {
      operands.set(k, floats.get(next++));
    }
    return operands;
  }

  /** Returns the floating ones of these operands. */
  List<Tensor> floats(List<Tensor> operands) {
    return floating().stream().map(operands::get).toList();
  }

  /** Returns whether floating operands differ in shape. */
  boolean differsInShape() {
    return floating().stream().map(this::shape).distinct().count() > 1;
  }

  /**
   * Returns what is special about the shapes.
   *
   * @param broadcasts whether the operation repeats operands to a common shape
   */
  Kind kind(boolean broadcasts) {
    List<Shape> shapes = floating().stream().map(this::shape).toList();
    if (shapes.stream().anyMatch(shape -> shape.size() == 0)) {
      return Kind.EMPTY;
    }
    if (shapes.stream().anyMatch(shape -> shape.rank() == 0)) {
      return Kind.SCALAR;
    }
    if (broadcasts && differsInShape()) {
      return Kind.BROADCAST;
    }
    boolean one = shapes.stream().anyMatch(s -> Arrays.stream(s.toArray()).anyMatch(n -> n == 1));
    return one ? Kind.SIZE_ONE : Kind.ORDINARY;
  }

  /** Returns the shapes, as in {@code [2, 3] x [3]}. */
  @Override
  public String toString() {
    return given.stream().map(x -> x.shape().toString()).collect(Collectors.joining(" x "));
  }
}
