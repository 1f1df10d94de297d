package dev.autograd.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The operations that random graphs are made of.
 *
 * <pre>{@code
 * Vocabulary.standard().with(GraphOp.unary("cube", "Cube.of(a)", Cube::of))
 * }</pre>
 */
public final class Vocabulary {

  private static final Vocabulary STANDARD =
      new Vocabulary(
          Stream.of(
                  ElementOps.all(),
                  PairOps.all(),
                  ReducingOps.all(),
                  MatrixOps.all(),
                  MovingOps.all(),
                  LayerOps.all(),
                  LossOps.all())
              .flatMap(List::stream)
              .toList());

  private final List<GraphOp> ops;

  /** Those of two operands twice: they alone join branches, and most are of one. */
  private final List<GraphOp> lots;

  private Vocabulary(List<GraphOp> ops) {
    Set<String> names = new HashSet<>();
    for (GraphOp op : ops) {
      if (!names.add(op.name())) {
        throw new IllegalArgumentException(
            "vocabulary: there are two operations named '" + op.name() + "'");
      }
    }
    if (ops.isEmpty()) {
      throw new IllegalArgumentException("vocabulary: at least one operation is needed");
    }
    this.ops = List.copyOf(ops);
    this.lots = ops.stream().flatMap(op -> Collections.nCopies(op.arity(), op).stream()).toList();
  }

  /** Returns the library's operations, of every family. */
  public static Vocabulary standard() {
    return STANDARD;
  }

  /**
   * Returns a vocabulary of the given operations only.
   *
   * @throws IllegalArgumentException if there is none, or two have the same name
   */
  public static Vocabulary of(GraphOp... ops) {
    return new Vocabulary(List.of(ops));
  }

  /**
   * Returns this vocabulary with one more operation, which replaces one of the same name. It comes
   * first, and so do graphs that are shrunk to it.
   */
  public Vocabulary with(GraphOp op) {
    List<GraphOp> more = new ArrayList<>(List.of(op));
    ops.stream().filter(other -> !other.name().equals(op.name())).forEach(more::add);
    return new Vocabulary(more);
  }

  /**
   * Returns the operations that a condition holds for.
   *
   * @throws IllegalArgumentException if it holds for none
   */
  public Vocabulary only(Predicate<GraphOp> condition) {
    return new Vocabulary(ops.stream().filter(condition).toList());
  }

  /** Returns this vocabulary with each operation changed, by {@link GraphOp#around} say. */
  public Vocabulary map(UnaryOperator<GraphOp> change) {
    return new Vocabulary(ops.stream().map(change).toList());
  }

  /** Returns the operations. */
  public List<GraphOp> ops() {
    return ops;
  }

  /** Returns the operation of a number; all numbers have one. */
  GraphOp op(long number) {
    return lots.get((int) (number % lots.size()));
  }
}
