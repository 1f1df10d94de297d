package dev.autograd.natives;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A product whose library is opened when it is first asked for: a program that multiplies small
 * matrices only need not wait for a hundred megabytes that are for large ones.
 */
final class DeferredProduct implements Product {

  /** Opens a library. */
  interface Opening {
    Product run() throws IOException, ReflectiveOperationException;
  }

  private final String title;
  private final Opening opening;
  private volatile @Nullable Product product;
  private volatile boolean failed;

  DeferredProduct(String title, Opening opening) {
    this.title = title;
    this.opening = opening;
  }

  /** Opens the library; if that fails, it is said once, at WARN, and not tried again. */
  @Override
  public boolean isUsable() {
    return product != null || (!failed && opens());
  }

  private synchronized boolean opens() {
    if (product == null && !failed) {
      try {
        product = opening.run();
      } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
        failed = true;
        LoggerFactory.getLogger(NativeBackend.class)
            .warn("{} cannot be used: {}.", title, Failures.reason(e));
      }
    }
    return !failed;
  }

  @Override
  public int multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Object a,
      int aOffset,
      int lda,
      Object b,
      int bOffset,
      int ldb,
      Object out,
      int outOffset,
      int ldc) {
    Product opened = isUsable() ? product : null;
    if (opened == null) {
      throw new IllegalStateException(title + " cannot be used; ask isUsable() first");
    }
    return opened.multiply(
        transposeA, transposeB, m, n, k, a, aOffset, lda, b, bOffset, ldb, out, outOffset, ldc);
  }
}
