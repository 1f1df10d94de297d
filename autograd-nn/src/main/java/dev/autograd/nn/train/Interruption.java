package dev.autograd.nn.train;

import dev.autograd.nn.io.Uninterrupted;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Whether the run that this thread makes is to end: because the thread was interrupted, or because
 * the virtual machine is shutting down, which then waits until the run has closed this.
 */
final class Interruption implements AutoCloseable {

  /** How long a shutdown waits for the run to end. */
  static final int LONGEST_WAIT_SECONDS = 30;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::shutDown, "autograd-interruption");
  private volatile boolean shuttingDown;

  private final Consumer<String> messages;

  private Interruption(Consumer<String> messages) {
    this.messages = messages;
  }

  /** Returns the interruption of a run that begins on this thread. */
  static Interruption watch(Consumer<String> messages) {
    Interruption interruption = new Interruption(messages);
    try {
      Runtime.getRuntime().addShutdownHook(interruption.hook);
    } catch (IllegalStateException e) {
      interruption.shuttingDown = true;
    }
    return interruption;
  }

  private void shutDown() {
    shuttingDown = true;
    try {
      // Not for ever: a step may take long, and whoever shuts down may be the training thread.
      if (!ended.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        messages.accept(
            "training did not come to an end in " + LONGEST_WAIT_SECONDS + " s; it is cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean requested() {
    return shuttingDown || Thread.currentThread().isInterrupted();
  }

  /**
   * Returns what is returned by something that may wait; nothing if it throws because this thread
   * is interrupted, as loaders do, and data sets whose channel was closed by it.
   */
  static <T> Optional<T> unlessInterrupted(Supplier<T> waiting) {
    try {
      return Optional.of(waiting.get());
    } catch (RuntimeException e) {
      boolean mayBeOfIt = e instanceof IllegalStateException || Uninterrupted.isCauseOf(e);
      if (mayBeOfIt && Thread.currentThread().isInterrupted()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Lets a shutdown go on. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running, and ends by itself.
    }
  }
}
