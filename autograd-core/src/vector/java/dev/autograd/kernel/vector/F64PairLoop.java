package dev.autograd.kernel.vector;

import java.lang.invoke.MethodHandle;

/** A loop over a block of pairs; see {@link F64Loop}. */
final class F64PairLoop {

  /** Computes a function of n elements, a multiple of the lanes and at most a block. */
  interface Body {

    /** A block of scratch is in {@code e}. */
    void run(double[] x, int xo, double[] y, int yo, double[] out, int to, double[] e, int n);
  }

  /** One that needs no scratch. */
  interface Simple {

    void run(double[] x, int xo, double[] y, int yo, double[] out, int to, int n);
  }

  private static final MethodHandle RUN =
      LoopHandles.run(
          Body.class,
          double[].class,
          int.class,
          double[].class,
          int.class,
          double[].class,
          int.class,
          double[].class,
          int.class);

  /** Not final: C2 would inline what a handle calls that is a constant. */
  private MethodHandle body;

  F64PairLoop(Body body) {
    this.body = RUN.bindTo(body);
  }

  F64PairLoop(Simple body) {
    this((x, xo, y, yo, out, to, e, n) -> body.run(x, xo, y, yo, out, to, n));
  }

  void run(double[] x, int xo, double[] y, int yo, double[] out, int to, double[] e, int n) {
    try {
      body.invokeExact(x, xo, y, yo, out, to, e, n);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new AssertionError("a loop throws nothing that is checked", thrown);
    }
  }
}
