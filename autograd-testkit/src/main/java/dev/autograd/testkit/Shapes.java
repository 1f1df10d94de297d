package dev.autograd.testkit;

import dev.autograd.array.Shape;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Generators of shapes. */
public final class Shapes {

  private Shapes() {}

  /**
   * Returns shapes of 0 to some number of axes.
   *
   * @param rank the most axes
   * @param size the largest size of an axis; sizes start at 1
   */
  public static Arbitrary<Shape> upTo(int rank, int size) {
    return Arbitraries.integers()
        .between(1, size)
        .list()
        .ofMaxSize(rank)
        .map(dims -> Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
  }
}
