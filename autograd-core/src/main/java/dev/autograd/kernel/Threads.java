package dev.autograd.kernel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How many threads share the work of large kernels, the calling one included: the system property
 * {@code autograd.threads}, read at first use; by default as many as there are processors. Results
 * do not depend on it.
 */
public final class Threads {

  private static final String PROPERTY = "autograd.threads";
  private static final int MOST = 256;

  /** Whether a thread computes its kernels alone. */
  private static final ThreadLocal<Boolean> ALONE = ThreadLocal.withInitial(() -> false);

  private Threads() {}

  /**
   * Returns the number of threads, at least 1.
   *
   * @throws IllegalArgumentException if the property is no whole number from 1 to 256
   */
  public static int count() {
    String property = System.getProperty(PROPERTY);
    return property == null
        ? Math.min(Runtime.getRuntime().availableProcessors(), MOST)
        : parse(property);
  }

  /** Returns whether the current thread is to do large kernels alone, without helpers. */
  public static boolean isAlone() {
    return ALONE.get();
  }

  /** Returns what the code returns, while the current thread does large kernels alone. */
  public static <T> T alone(Supplier<T> code) {
    boolean before = ALONE.get();
    ALONE.set(true);
    try {
      return code.get();
    } finally {
      ALONE.set(before);
    }
  }

  static int parse(String property) {
    try {
      int count = Integer.parseInt(property.strip());
      if (count >= 1 && count <= MOST) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw refusal(property, e);
    }
    throw refusal(property, null);
  }

  private static IllegalArgumentException refusal(
      String property, @Nullable NumberFormatException cause) {
    return new IllegalArgumentException(
        PROPERTY
            + ": \""
            + property
            + "\" is no number of threads; it must be a whole number from 1 to "
            + MOST
            + ", or absent for one per processor",
        cause);
  }
}
