package dev.autograd.kernel.parallel;

import dev.autograd.kernel.Threads;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The calling thread and some daemon threads that help it. One caller is helped at a time; whoever
 * comes meanwhile, from another thread or from inside a part, does its work alone, so that there
 * are never more threads at work than callers and helpers, and nobody waits for a lock.
 *
 * <p>Helpers are made when first needed. Between jobs they look out for the next one for some
 * microseconds, then sleep, and end when none came for long.
 */
final class WorkerPool {

  private final Worker[] workers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicLongArray counters;

  /** How many jobs there were; changed by whoever is busy. */
  private int jobs;

  /** What there is to help with; null between jobs, which releases what the last one held. */
  private volatile @Nullable Job job;

  /** Makes a pool of so many threads, the caller included. */
  WorkerPool(int size) {
    workers = new Worker[size - 1];
    counters = Job.counters(size);
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(this, i + 1);
    }
  }

  /** Returns how many threads do a job, the caller included. */
  int size() {
    return workers.length + 1;
  }

  /** Returns the job at hand, if any. */
  @Nullable Job job() {
    return job;
  }

  /**
   * Does all parts of a job together with helpers, and returns when they are done; or does nothing,
   * if there is none, or the caller would be alone with it, and can do the whole at once.
   *
   * @param wakes whether the job is large enough for helpers that sleep; if not, those help that
   *     are still on the look-out
   * @return whether the job is done
   * @throws RuntimeException what a part threw, or an {@link Error}; of several the first, the
   *     others suppressed. Parts not begun by then are left out
   */
  boolean run(int parts, boolean wakes, Part part) {
    boolean isHelped = wakes ? workers.length > 0 : isAwake();
    boolean isAlone = parts == 0 || !isHelped || Worker.isCurrent() || Threads.isAlone();
    if (isAlone || !busy.compareAndSet(false, true)) {
      return false;
    }
    try {
      Job shared = new Job(parts, Math.min(parts, size()), part, counters, ++jobs);
      job = shared;
      for (int i = 0; wakes && i < shared.lanes() - 1; i++) {
        workers[i].wake();
      }
      shared.help(0);
      shared.await();
      return true;
    } finally {
      job = null;
      busy.set(false);
    }
  }

  private boolean isAwake() {
    for (Worker worker : workers) {
      if (worker.isAwake()) {
        return true;
      }
    }
    return false;
  }
}
