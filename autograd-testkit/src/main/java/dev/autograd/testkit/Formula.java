package dev.autograd.testkit;

import dev.autograd.Pullback;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Custom operations as the corpus writes them: a value, computed apart from the graph, and a
 * pullback for each operand.
 */
final class Formula {

  private Formula() {}

  /** The gradient of the operand of a unary operation. */
  @FunctionalInterface
  interface One {
    Tensor apply(Tensor g, Tensor x);
  }

  /** The gradient of an operand of a binary operation. */
  @FunctionalInterface
  interface Two {
    Tensor apply(Tensor g, Tensor a, Tensor b);
  }

  /** The gradient of an operand of any operation. */
  @FunctionalInterface
  interface Many {
    Tensor apply(Tensor g, List<Tensor> in);
  }

  /** Returns an operation of one operand. */
  static UnaryOperator<Tensor> op(UnaryOperator<Tensor> value, One dx) {
    return x -> Tensor.custom("planted", value.apply(x.detach()), x, g -> dx.apply(g, x));
  }

  /** Returns an operation of two operands. */
  static BinaryOperator<Tensor> op(BinaryOperator<Tensor> value, Two da, Two db) {
    return (a, b) ->
        Tensor.custom(
            "planted",
            value.apply(a.detach(), b.detach()),
            a,
            g -> da.apply(g, a, b),
            b,
            g -> db.apply(g, a, b));
  }

  /** Returns an operation of any number of operands. */
  static Function<List<Tensor>, Tensor> opOfList(
      Function<List<Tensor>, Tensor> value, Many... rules) {
    return in -> {
      List<Pullback> pullbacks = new ArrayList<>();
      for (Many rule : rules) {
        pullbacks.add(g -> rule.apply(g, in));
      }
      List<Tensor> plain = in.stream().map(Tensor::detach).toList();
      return Tensor.custom("planted", value.apply(plain), in, pullbacks);
    };
  }

  static Function<List<Tensor>, Tensor> ofList(UnaryOperator<Tensor> f) {
    return in -> f.apply(in.get(0));
  }

  static Function<List<Tensor>, Tensor> ofList(BinaryOperator<Tensor> f) {
    return in -> f.apply(in.get(0), in.get(1));
  }

  /** Returns y, with all gradients through it multiplied by a factor. */
  static Tensor scaled(Tensor y, double factor) {
    return Tensor.custom("planted", y.detach(), y, g -> g.mul(factor));
  }

  /** Returns 1 where a mask is set and 0 elsewhere. */
  static Tensor indicator(Tensor mask) {
    return mask.to(DType.F64);
  }

  static Tensor normal(long seed, int... dims) {
    return Tensor.normal(new Random(seed), DType.F64, dims);
  }

  /** Returns numbers between 0.5 and 1.5. */
  static Tensor positive(long seed, int... dims) {
    return Tensor.uniform(new Random(seed), DType.F64, dims).add(0.5);
  }
}
