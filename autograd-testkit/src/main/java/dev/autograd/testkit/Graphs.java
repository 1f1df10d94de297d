package dev.autograd.testkit;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * Generators of random graphs for jqwik, which shrinks them through the numbers they are made of.
 */
public final class Graphs {

  private static final int MOST_LEAVES = 5;

  private Graphs() {}

  /**
   * Returns graphs of the library's operations.
   *
   * @param least the fewest instructions of a graph that is generated; one that is shrunk may have
   *     fewer
   * @param most the most
   */
  public static Arbitrary<RandomGraph> of(int least, int most) {
    return of(Vocabulary.standard(), least, most);
  }

  /** Returns graphs of some operations; see {@link #of(int, int)}. */
  public static Arbitrary<RandomGraph> of(Vocabulary vocabulary, int least, int most) {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException(
          "graphs: from " + least + " to " + most + " instructions; must be 0 or more, in order");
    }
    Arbitrary<Integer> any =
        Arbitraries.integers()
            .between(0, Gene.RANGE - 1)
            .withDistribution(RandomDistribution.uniform());
    Arbitrary<Gene> gene = Combinators.combine(any, any, any, any).as(Gene::new);
    return Combinators.combine(
            any.list().ofMinSize(1).ofMaxSize(MOST_LEAVES),
            gene.list().ofMaxSize(most).withSizeDistribution(between(least, most)))
        .as((sources, genes) -> RandomGraph.of(vocabulary, sources, genes));
  }

  /** A least size of the list itself would also end the shrinking there. */
  private static RandomDistribution between(int least, int most) {
    return (genSize, min, max, center) ->
        random -> BigInteger.valueOf(least + random.nextInt(most - least + 1));
  }
}
