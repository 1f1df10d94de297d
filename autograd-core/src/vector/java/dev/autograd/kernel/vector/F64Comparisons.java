package dev.autograd.kernel.vector;

import dev.autograd.array.Broadcast;
import dev.autograd.kernel.Comparison;
import java.util.EnumMap;
import java.util.Map;

/** Comparisons of pairs, and choices between them, with the results of the plain loops. */
final class F64Comparisons {

  /** Elements from which vectors are used. */
  private static final int LEAST = 512;

  /** On Java 17, which keeps masks in vectors, storing one as booleans costs more than it saves. */
  private static final boolean MASKS_ARE_STORED_FAST = Runtime.version().feature() > 17;

  private static final Map<Comparison, Loop> LOOPS = new EnumMap<>(Comparison.class);

  static {
    LOOPS.put(Comparison.LT, F64Masks::lt);
    LOOPS.put(Comparison.LE, F64Masks::le);
    LOOPS.put(Comparison.GT, (x, xo, y, yo, out, to, n) -> F64Masks.lt(y, yo, x, xo, out, to, n));
    LOOPS.put(Comparison.GE, (x, xo, y, yo, out, to, n) -> F64Masks.le(y, yo, x, xo, out, to, n));
    LOOPS.put(Comparison.EQ, F64Masks::eq);
    LOOPS.put(Comparison.NE, F64Masks::ne);
  }

  private F64Comparisons() {}

  /** Compares n pairs, n a multiple of the lanes. */
  private interface Loop {

    void run(double[] x, int xo, double[] y, int yo, boolean[] out, int to, int n);
  }

  /** A class apart, whose initialisation has the loops compiled. */
  private static final class Compiled {

    static {
      int n = WarmUp.VECTORS * F64Tile.LANES;
      double[] x = new double[n];
      double[] out = new double[n];
      boolean[] mask = new boolean[n];
      WarmUp.of(() -> F64Masks.lt(x, 0, x, 0, mask, 0, n));
      WarmUp.of(() -> F64Masks.le(x, 0, x, 0, mask, 0, n));
      WarmUp.of(() -> F64Masks.eq(x, 0, x, 0, mask, 0, n));
      WarmUp.of(() -> F64Masks.ne(x, 0, x, 0, mask, 0, n));
      WarmUp.of(() -> F64Masks.select(mask, x, x, out, 0, n));
    }

    private Compiled() {}

    static void await() {
      // The initialisation of this class has done it.
    }
  }

  /** Returns whether pairs are compared here. */
  static boolean has(Broadcast plan, int from, int to) {
    return MASKS_ARE_STORED_FAST
        && F64Pairs.size(plan, from, to) >= LEAST
        && F64Pairs.pays(plan, from, to);
  }

  static void compare(
      Comparison op, double[] x, double[] y, boolean[] out, Broadcast plan, int from, int to) {
    Compiled.await();
    Loop loop = LOOPS.get(op);
    if (loop == null) {
      throw new IllegalArgumentException(op + " has no loop here");
    }
    F64Pairs pairs = new F64Pairs(x, y, plan, from, to);
    while (pairs.next()) {
      F64Operand left = pairs.left;
      F64Operand right = pairs.right;
      loop.run(left.array, left.at, right.array, right.at, out, pairs.to, pairs.count);
    }
  }

  /** Returns whether so many numbers are chosen here. */
  static boolean hasChoices(int n) {
    return n >= LEAST;
  }

  static void select(boolean[] condition, double[] x, double[] y, double[] out, int from, int to) {
    Compiled.await();
    int whole = to - (to - from) % F64Tile.LANES;
    F64Masks.select(condition, x, y, out, from, whole);
    if (whole < to) {
      // The last vector overlaps the one before it, and chooses some numbers again.
      F64Masks.select(condition, x, y, out, to - F64Tile.LANES, to);
    }
  }
}
