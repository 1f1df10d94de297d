package dev.autograd.testkit;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Generators of operands for jqwik. */
public final class Tensors {

  private Tensors() {}

  /**
   * Returns F64 tensors, untracked.
   *
   * @param values the numbers they are made of: {@code Values.in(domain)}
   */
  public static Arbitrary<Tensor> of(Values values, Shape shape) {
    return seeds().map(seed -> values.draw(new Random(seed), shape).get(0));
  }

  /** Returns lists of F64 tensors, untracked, no two of whose elements are equal. */
  public static Arbitrary<List<Tensor>> listOf(Values values, Shape... shapes) {
    return seeds().map(seed -> values.draw(new Random(seed), shapes));
  }

  /** Returns lists of two F64 tensors that broadcast, of up to some axes and sizes. */
  public static Arbitrary<List<Tensor>> broadcastable(Values values, int rank, int size) {
    return Shapes.broadcastable(rank, size)
        .flatMap(pair -> listOf(values, pair.left(), pair.right()));
  }

  private static Arbitrary<Integer> seeds() {
    return Arbitraries.integers().between(0, Integer.MAX_VALUE);
  }
}
