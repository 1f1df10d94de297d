package dev.autograd.kernel.vector;

/**
 * Has a loop compiled before its first large use: until then each vector operation is a call that
 * makes an object, and takes a hundred times as long. No result depends on it, as compiled loops
 * have the same bits.
 */
final class WarmUp {

  /** Vectors per call: so many that only compiled code is quick, whatever the loop. */
  static final int VECTORS = 8;

  private static final int CALLS = 200;

  /** Nanoseconds per call that only compiled code needs no more than. */
  private static final int QUICK = 500;

  /** Calls after which the compiler has had its time, or will not compile the loop at all. */
  private static final int MOST_CALLS = 20_000;

  private WarmUp() {}

  /** Calls a loop over {@link #VECTORS} vectors until it is quick. */
  static void of(Runnable loop) {
    for (int calls = 0; calls < MOST_CALLS; calls += CALLS) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        loop.run();
      }
      if (System.nanoTime() - start < CALLS * QUICK) {
        return;
      }
    }
  }
}
