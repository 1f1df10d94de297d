package dev.autograd.nn.io;

import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Work on files that an interrupt of its thread does not break off: an interrupt closes the channel
 * of whoever reads or writes, although it asks a program to end, and not its files to be lost.
 *
 * <pre>{@code
 * Map<String, Tensor> tensors = Uninterrupted.call(() -> Safetensors.read(file));
 * }</pre>
 *
 * <p>The thread's interrupt is put off until the work is done. Work that an interrupt meets in its
 * middle is begun again, so it must be such that this does no harm.
 */
public final class Uninterrupted {

  private static final int DEEPEST = 100;

  private Uninterrupted() {}

  /** Returns what work returns; what it throws for another reason than an interrupt comes out. */
  public static <T> T call(Supplier<T> work) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.get();
        } catch (RuntimeException e) {
          if (!isCauseOf(e) || !Thread.interrupted()) {
            throw e;
          }
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does work; what it throws for another reason than an interrupt comes out. */
  public static void run(Runnable work) {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  /**
   * Returns whether something failed because an interrupt closed a channel: whether a {@link
   * ClosedByInterruptException} is among its causes.
   */
  public static boolean isCauseOf(Throwable failure) {
    // Causes may go round in a circle.
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST)
        .anyMatch(ClosedByInterruptException.class::isInstance);
  }
}
