package dev.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Tasks on threads of their own, for tests of what threads share and what they do not. */
final class InParallel {

  private static final long LONGEST_SECONDS = 120;

  private InParallel() {}

  /** Returns the results of tasks that start at the same moment, in the order of the tasks. */
  static <T> List<T> all(List<? extends Callable<T>> tasks) throws Exception {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    List<FutureTask<T>> futures = new ArrayList<>();
    for (Callable<T> task : tasks) {
      FutureTask<T> future =
          new FutureTask<>(
              () -> {
                start.await(LONGEST_SECONDS, TimeUnit.SECONDS);
                return task.call();
              });
      futures.add(future);
      start(new Thread(future));
    }
    List<T> results = new ArrayList<>();
    for (FutureTask<T> future : futures) {
      results.add(result(future));
    }
    return results;
  }

  /** Returns the results of one task that several threads start at the same moment. */
  static <T> List<T> times(int threads, Callable<T> task) throws Exception {
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      tasks.add(task);
    }
    return all(tasks);
  }

  /** Returns the result of a task on a thread of its own. */
  static <T> T elsewhere(Callable<T> task) throws Exception {
    FutureTask<T> future = new FutureTask<>(task);
    start(new Thread(future));
    return result(future);
  }

  private static void start(Thread thread) {
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns a task's result, or throws what it threw. */
  private static <T> T result(FutureTask<T> future) throws Exception {
    try {
      return future.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw e;
    }
  }
}
