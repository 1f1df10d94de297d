package dev.autograd.catalogue;

import dev.autograd.Domain;
import dev.autograd.array.Shape;
import dev.autograd.testkit.Values;
import java.util.List;
import java.util.Random;

/** Operands inside a domain, as blocks; see {@link Values}. */
final class Samples {

  private final Random random;
  private final Values values;

  private Samples(Values values, long seed) {
    this.values = values;
    this.random = new Random(seed);
  }

  /**
   * Returns a source of operands.
   *
   * @param kinks numbers the operation compares its operands with
   */
  static Samples of(Domain domain, long seed, double... kinks) {
    Values values = Values.in(domain);
    return new Samples(domain.distinct() ? values.awayFrom(kinks) : values, seed);
  }

  /** Returns operands of the given shapes. */
  List<Grid> draw(Shape... shapes) {
    return values.draw(random, shapes).stream().map(Grid::of).toList();
  }

  /** Returns numbers of both signs for a seed or a direction. */
  static Grid signed(Shape shape, long seed) {
    Random random = new Random(seed);
    return Grid.generate(
        shape, i -> (float) (random.nextBoolean() ? 1 : -1) * (0.25f + random.nextInt(8) / 8f));
  }
}
