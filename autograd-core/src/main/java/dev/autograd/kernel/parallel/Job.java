package dev.autograd.kernel.parallel;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Parts to be done, each by one thread. They lie in as many lanes as there are threads; a thread
 * begins with its own lane, so that neighbouring parts, and the same parts of one job and the next,
 * stay in one processor's cache, and then takes what others have left. So a helper that is late, or
 * has lost its processor, costs no more than the part it is at.
 *
 * <p>The counters of the lanes serve one job after the other, for there are dozens per step of
 * training: each says which job it counts for, so that a helper that comes late, when the next one
 * has begun, takes nothing from it.
 */
final class Job {

  /** Counters a cache line apart: threads at different lanes do not wait for each other. */
  private static final int STRIDE = 8;

  private static final AtomicIntegerFieldUpdater<Job> UNDONE =
      AtomicIntegerFieldUpdater.newUpdater(Job.class, "undone");
  private static final AtomicReferenceFieldUpdater<Job, Throwable> FAILURE =
      AtomicReferenceFieldUpdater.newUpdater(Job.class, Throwable.class, "failure");

  private final int parts;
  private final int lanes;

  /** Null when all is done: helpers remember the job, and must not keep its arrays alive. */
  private @Nullable Part part;

  /** Per lane, the number of the job, and the next part to be done. */
  private final AtomicLongArray counters;

  private final int number;

  private volatile int undone;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Thread waiting;

  /**
   * Makes a job, and sets the counters to it.
   *
   * @param counters those of a pool, in which no other job has parts left
   * @param number another one than that of the jobs before
   */
  Job(int parts, int lanes, Part part, AtomicLongArray counters, int number) {
    this.parts = parts;
    this.lanes = lanes;
    this.part = part;
    this.counters = counters;
    this.number = number;
    this.undone = parts;
    for (int lane = 0; lane < lanes; lane++) {
      counters.set(lane * STRIDE, (long) number << Integer.SIZE | border(lane));
    }
  }

  /** Returns counters for so many lanes. */
  static AtomicLongArray counters(int lanes) {
    return new AtomicLongArray(lanes * STRIDE);
  }

  private int border(int lane) {
    return (int) ((long) lane * parts / lanes);
  }

  int lanes() {
    return lanes;
  }

  /** Does parts until none is left to be begun, those of a lane first. */
  void help(int first) {
    for (int i = 0; i < lanes; i++) {
      int lane = (first + i) % lanes;
      int end = border(lane + 1);
      int at = lane * STRIDE;
      for (long next = counters.get(at); isLeft(next, end); next = counters.get(at)) {
        if (counters.compareAndSet(at, next, next + 1)) {
          run((int) next);
        }
      }
    }
  }

  /** Returns whether a counter is this job's, and its part comes before the end of the lane. */
  private boolean isLeft(long counter, int end) {
    return (int) (counter >>> Integer.SIZE) == number && (int) counter < end;
  }

  private void run(int taken) {
    Part body = part;
    try {
      if (body != null && failure == null) {
        body.run(taken);
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
    if (UNDONE.decrementAndGet(this) == 0) {
      Thread caller = waiting;
      if (caller != null) {
        LockSupport.unpark(caller);
      }
    }
  }

  private void fail(Throwable thrown) {
    Throwable first = FAILURE.compareAndSet(this, null, thrown) ? null : failure;
    if (first != null && first != thrown) {
      first.addSuppressed(thrown);
    }
  }

  /** Returns when all parts are done; throws what one of them threw. */
  void await() {
    long start = System.nanoTime();
    while (undone > 0 && System.nanoTime() - start < Worker.LOOK_OUT_NANOS) {
      Thread.onSpinWait();
    }
    if (undone > 0) {
      waiting = Thread.currentThread();
      while (undone > 0) {
        LockSupport.park(this);
      }
    }
    part = null;
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
