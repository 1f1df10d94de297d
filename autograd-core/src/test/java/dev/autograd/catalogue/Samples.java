package dev.autograd.catalogue;

import dev.autograd.Domain;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Operands inside a domain: all numbers of one draw differ, keep away from the ends, kinks and
 * poles, and are exact in single precision, so that both element types see the same.
 */
final class Samples {

  private static final double REACH = 2;
  private static final double MARGIN = 0.15;
  private static final int SLOTS = 400;

  private final Random random;
  private final double[] except;
  private final double low;
  private final double high;

  private Samples(Domain domain, long seed, double... kinks) {
    random = new Random(seed);
    except = concat(exceptions(domain), domain.distinct() ? kinks : new double[0]);
    low = Math.max(domain.from() + MARGIN, -REACH);
    high = Math.min(domain.to() - MARGIN, REACH);
  }

  /**
   * Returns a source of operands.
   *
   * @param kinks numbers the operation compares its operands with
   */
  static Samples of(Domain domain, long seed, double... kinks) {
    return new Samples(domain, seed, kinks);
  }

  /** Returns operands of the given shapes. */
  List<Grid> draw(Shape... shapes) {
    int total = Arrays.stream(shapes).mapToInt(Shape::size).sum();
    List<Double> pool = distinct(total);
    List<Grid> operands = new ArrayList<>();
    int next = 0;
    for (Shape shape : shapes) {
      List<Double> part = pool.subList(next, next + shape.size());
      operands.add(Grid.of(shape, part.stream().mapToDouble(Double::doubleValue).toArray()));
      next += shape.size();
    }
    return operands;
  }

  /**
   * Returns shuffled numbers, one per equal piece of the domain, so that neighbours keep a
   * distance.
   */
  private List<Double> distinct(int count) {
    List<Double> allowed = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      double value = (float) (low + (high - low) * (slot + 0.5) / SLOTS);
      if (Arrays.stream(except).allMatch(kink -> Math.abs(value - kink) > MARGIN)) {
        allowed.add(value);
      }
    }
    List<Double> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = i * allowed.size() / count;
      int to = (i + 1) * allowed.size() / count;
      // From the lower half of each piece, so that two numbers never meet at a border.
      chosen.add(allowed.get(from + random.nextInt(Math.max(1, (to - from) / 2))));
    }
    Collections.shuffle(chosen, random);
    return chosen;
  }

  /** Returns the points inside a domain where an operation is not smooth, as far as samples go. */
  static double[] exceptions(Domain domain) {
    if (domain.period() == 0) {
      return domain.except();
    }
    int count = (int) Math.ceil(REACH / domain.period());
    return Arrays.stream(domain.except())
        .flatMap(
            point ->
                IntStream.rangeClosed(-count, count).mapToDouble(i -> point + i * domain.period()))
        .toArray();
  }

  /** Returns numbers of both signs for a seed or a direction. */
  static Grid signed(Shape shape, long seed) {
    Random random = new Random(seed);
    return Grid.generate(
        shape, i -> (float) (random.nextBoolean() ? 1 : -1) * (0.25f + random.nextInt(8) / 8f));
  }

  private static double[] concat(double[] a, double[] b) {
    double[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
