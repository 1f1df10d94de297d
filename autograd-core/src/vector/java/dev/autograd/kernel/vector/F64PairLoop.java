package dev.autograd.kernel.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

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

  private static final MethodHandle RUN = find();

  /** Not final, since what a handle calls that is a constant may be inlined. */
  private MethodHandle body;

  F64PairLoop(Body body) {
    this.body = RUN.bindTo(body);
  }

  F64PairLoop(Simple body) {
    this((x, xo, y, yo, out, to, e, n) -> body.run(x, xo, y, yo, out, to, n));
  }

  private static MethodHandle find() {
    MethodType type =
        MethodType.methodType(
            void.class,
            double[].class,
            int.class,
            double[].class,
            int.class,
            double[].class,
            int.class,
            double[].class,
            int.class);
    try {
      return MethodHandles.lookup().findVirtual(Body.class, "run", type);
    } catch (ReflectiveOperationException thrown) {
      throw new AssertionError(thrown);
    }
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
