package dev.autograd.kernel.vector;

import java.lang.invoke.MethodHandle;

/**
 * A loop over a block of numbers, called through a method handle that is no constant: C2 inlines
 * nothing there, and compiles each loop by itself, whatever its caller does. Inlined into a loop
 * over blocks, or beside another, it would lack room for methods of ours ({@link F64Powers}), and
 * on Java 17 take up to three times as long.
 */
final class F64Loop {

  /** Computes a function of n elements, a multiple of the lanes and at most a block. */
  interface Body {

    /** A block of scratch is in {@code e}. */
    void run(double[] x, int from, double[] out, int to, double[] e, int n);
  }

  /** One that needs no scratch. */
  interface Simple {

    void run(double[] x, int from, double[] out, int to, int n);
  }

  private static final MethodHandle RUN =
      LoopHandles.run(
          Body.class,
          double[].class,
          int.class,
          double[].class,
          int.class,
          double[].class,
          int.class);

  /** Not final: C2 would inline what a handle calls that is a constant. */
  private MethodHandle body;

  F64Loop(Body body) {
    this.body = RUN.bindTo(body);
  }

  F64Loop(Simple body) {
    this((x, from, out, to, e, n) -> body.run(x, from, out, to, n));
  }

  void run(double[] x, int from, double[] out, int to, double[] e, int n) {
    try {
      body.invokeExact(x, from, out, to, e, n);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new AssertionError("a loop throws nothing that is checked", thrown);
    }
  }
}
