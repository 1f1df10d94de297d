package dev.autograd.nn.train;

import dev.autograd.Autograd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * The calling thread and helpers that do numbered tasks together, whoever comes next; with one
 * thread, the caller does them in order.
 */
final class Workers implements AutoCloseable {

  private final int threads;
  private final ExecutorService helpers;

  Workers(int threads) {
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    helpers =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            task -> {
              Thread thread = new Thread(task, "autograd-shards-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Returns the results of tasks 0 to n - 1, in order, after all of them have ended.
   *
   * @throws RuntimeException what a task threw, or an {@link Error}; of several, that of the task
   *     with the smallest number; a checked exception inside a {@link CompletionException}, unless
   *     one thread does all
   */
  <T> List<T> run(int n, IntFunction<T> task) {
    int working = Math.min(threads, n);
    if (working == 1) {
      List<T> results = new ArrayList<>(n);
      for (int i = 0; i < n; i++) {
        results.add(task.apply(i));
      }
      return results;
    }
    List<CompletableFuture<T>> futures = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      futures.add(new CompletableFuture<>());
    }
    AtomicInteger next = new AtomicInteger();
    Runnable work = () -> work(futures, next, task);
    for (int i = 1; i < working; i++) {
      helpers.execute(work);
    }
    work.run();
    return results(futures);
  }

  private static <T> void work(
      List<CompletableFuture<T>> futures, AtomicInteger next, IntFunction<T> task) {
    for (int i = next.getAndIncrement(); i < futures.size(); i = next.getAndIncrement()) {
      int number = i;
      try {
        futures.get(i).complete(Autograd.onOneThread(() -> task.apply(number)));
      } catch (Throwable e) {
        // Also a checked exception, which code in other languages throws: else nobody would end
        // the wait for this task.
        futures.get(i).completeExceptionally(e);
      }
    }
  }

  private static <T> List<T> results(List<CompletableFuture<T>> futures) {
    CompletableFuture<?>[] all = futures.toArray(CompletableFuture<?>[]::new);
    // None may still be at work when the caller goes on, also if another one has failed.
    CompletableFuture.allOf(all).handle((none, failure) -> true).join();
    try {
      return futures.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      } else if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** Ends the helpers. */
  @Override
  public void close() {
    helpers.shutdown();
  }
}
