package dev.autograd.testkit;

import dev.autograd.array.Shape;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of shapes for jqwik. */
public final class Shapes {

  private Shapes() {}

  /**
   * Returns shapes of 0 to some number of axes.
   *
   * @param rank the most axes
   * @param size the largest size of an axis; sizes start at 1
   */
  public static Arbitrary<Shape> upTo(int rank, int size) {
    return dims(rank, size)
        .map(dims -> Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
  }

  /**
   * Returns pairs of shapes that broadcast against each other: with axes of size 1 on either side,
   * and with leading axes missing on one.
   *
   * @param rank the most axes of the common shape
   * @param size the largest size of an axis; sizes start at 1
   */
  public static Arbitrary<ShapePair> broadcastable(int rank, int size) {
    return Combinators.combine(
            dims(rank, size),
            Arbitraries.integers().between(0, 2).list().ofSize(rank),
            Arbitraries.integers().between(-rank, rank))
        .as(ShapePair::of);
  }

  private static Arbitrary<List<Integer>> dims(int rank, int size) {
    return Arbitraries.integers().between(1, size).list().ofMaxSize(rank);
  }
}
