package dev.autograd.testkit;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Right derivatives that checkers by differences are tempted to reject: at kinks, at the borders of
 * domains, where the derivative is exactly 0, at scales far from 1, under noise, and where a part
 * is detached.
 *
 * @see PlantedBugs
 */
public final class RightGradients {

  private RightGradients() {}

  /** Returns all of them, trap by trap. */
  public static List<RightGradient> all() {
    return Stream.of(RightAtCorners.all(), RightInNumbers.all()).flatMap(List::stream).toList();
  }

  static RightGradient one(
      RightGradient.Trap trap,
      String name,
      String reason,
      UnaryOperator<Tensor> f,
      Tensor at,
      int order) {
    return new RightGradient(name, trap, reason, Formula.ofList(f), List.of(at), order);
  }

  static RightGradient two(
      RightGradient.Trap trap,
      String name,
      String reason,
      BinaryOperator<Tensor> f,
      Tensor a,
      Tensor b,
      int order) {
    return new RightGradient(name, trap, reason, Formula.ofList(f), List.of(a, b), order);
  }
}
