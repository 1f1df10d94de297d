package dev.autograd.testkit;

import dev.autograd.Domain;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Operands at which a derivative is well conditioned: inside an operation's {@link Domain}, between
 * -2 and 2, all numbers of one draw different, away from ends, kinks and poles, and exact in single
 * precision, so that both element types see the same.
 *
 * <pre>{@code
 * Domain domain = Tensor.class.getMethod("log").getAnnotation(Domain.class);
 * Tensor x = Values.in(domain).draw(new Random(1), Shape.of(2, 3)).get(0);
 * }</pre>
 */
public final class Values {

  private static final double REACH = 2;
  private static final double MARGIN = 0.15;
  private static final int SLOTS = 400;

  private final double low;
  private final double high;
  private final double[] except;

  private Values(double low, double high, double... except) {
    this.low = low;
    this.high = high;
    this.except = except;
  }

  /** Returns values between -2 and 2, for operations that are smooth everywhere. */
  public static Values everywhere() {
    return new Values(-REACH, REACH);
  }

  /**
   * Returns values inside a domain.
   *
   * @throws IllegalArgumentException if no numbers between -2 and 2 are left
   */
  public static Values in(Domain domain) {
    double low = Math.max(domain.from() + MARGIN, -REACH);
    double high = Math.min(domain.to() - MARGIN, REACH);
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "values: between "
              + domain.from()
              + " and "
              + domain.to()
              + " no numbers from -2 to 2 are left that keep "
              + MARGIN
              + " from the ends");
    }
    return new Values(low, high, exceptions(domain));
  }

  /**
   * Returns these values away from more numbers, which the operation compares its operands with.
   */
  public Values awayFrom(double... kinks) {
    double[] all = Arrays.copyOf(except, except.length + kinks.length);
    System.arraycopy(kinks, 0, all, except.length, kinks.length);
    return new Values(low, high, all);
  }

  /** Returns F64 tensors, untracked, of the given shapes; no two of their elements are equal. */
  public List<Tensor> draw(Random random, Shape... shapes) {
    int total = Arrays.stream(shapes).mapToInt(Shape::size).sum();
    List<Double> pool = distinct(random, total);
    List<Tensor> operands = new ArrayList<>();
    int next = 0;
    for (Shape shape : shapes) {
      List<Double> part = pool.subList(next, next + shape.size());
      operands.add(Tensor.of(shape, part.stream().mapToDouble(Double::doubleValue).toArray()));
      next += shape.size();
    }
    return operands;
  }

  /**
   * Returns shuffled numbers, one per equal piece of the domain, so that neighbours keep a
   * distance.
   */
  private List<Double> distinct(Random random, int count) {
    List<Double> allowed = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      double value = (float) (low + (high - low) * (slot + 0.5) / SLOTS);
      if (Arrays.stream(except).allMatch(kink -> Math.abs(value - kink) > MARGIN)) {
        allowed.add(value);
      }
    }
    if (count > allowed.size()) {
      throw new IllegalArgumentException(
          "values: "
              + count
              + " elements were asked for, and there are "
              + allowed.size()
              + " numbers of this domain far enough apart; use smaller shapes");
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

  /** Returns the points from -2 to 2 at which an operation of a domain is not smooth. */
  public static double[] exceptions(Domain domain) {
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
}
