package dev.autograd.kernel.parallel;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One of the pool's threads: made when it is first woken, ended when it has slept for long. */
final class Worker {

  /**
   * How long to look out for what comes next before sleeping: in a training step the next kernel is
   * some microseconds away, and waking a thread takes some tens.
   */
  static final long LOOK_OUT_NANOS = 100_000;

  private static final long SLEEP_NANOS = 10_000_000_000L;

  private enum State {
    ENDED,
    AWAKE,
    ASLEEP
  }

  /** By its class a worker's thread is told from others. */
  private static final class WorkerThread extends Thread {
    WorkerThread(Runnable body, String name) {
      // The values of inheritable thread locals are their makers', and would be kept alive.
      super(null, body, name, 0, false);
      setDaemon(true);
      setContextClassLoader(null);
    }
  }

  private final WorkerPool pool;
  private final int lane;
  private final AtomicReference<State> state = new AtomicReference<>(State.ENDED);

  /** The thread that is awake or asleep; written by the one caller that wakes. */
  private volatile @Nullable Thread thread;

  Worker(WorkerPool pool, int lane) {
    this.pool = pool;
    this.lane = lane;
  }

  /** Returns whether the current thread is one of a pool's. */
  static boolean isCurrent() {
    return Thread.currentThread() instanceof WorkerThread;
  }

  /** Returns whether the worker helps, or looks out. */
  boolean isAwake() {
    return state.get() == State.AWAKE;
  }

  /** Has the worker look at the pool's job; called by one thread at a time. */
  void wake() {
    if (state.compareAndSet(State.ASLEEP, State.AWAKE)) {
      LockSupport.unpark(thread);
    } else if (state.get() == State.ENDED) {
      start();
    }
  }

  private void start() {
    Thread made = new WorkerThread(this::run, "autograd-" + lane);
    thread = made;
    state.set(State.AWAKE);
    try {
      made.start();
    } catch (OutOfMemoryError e) {
      // The system has no thread left: its part is done by the others.
      state.set(State.ENDED);
    }
  }

  private void run() {
    Job done = null;
    for (Job job = next(null); job != null; job = next(done)) {
      job.help(lane % job.lanes());
      done = job;
    }
  }

  /** Returns the next job, or null if none came for long. */
  private @Nullable Job next(@Nullable Job done) {
    while (true) {
      long start = System.nanoTime();
      do {
        Job job = pool.job();
        if (job != null && job != done) {
          return job;
        }
        Thread.onSpinWait();
      } while (System.nanoTime() - start < LOOK_OUT_NANOS);
      if (!sleep(done)) {
        return null;
      }
    }
  }

  /** Returns whether it was woken; not woken for long, the worker has ended. */
  private boolean sleep(@Nullable Job done) {
    state.set(State.ASLEEP);
    // A job that came before the state was written did not wake this thread.
    Job job = pool.job();
    if (job != null && job != done) {
      state.compareAndSet(State.ASLEEP, State.AWAKE);
      return true;
    }
    long start = System.nanoTime();
    while (state.get() == State.ASLEEP) {
      long left = SLEEP_NANOS - (System.nanoTime() - start);
      if (left <= 0 && state.compareAndSet(State.ASLEEP, State.ENDED)) {
        return false;
      }
      LockSupport.parkNanos(pool, left);
      // A set interrupt would keep it from sleeping; nobody has a reason to interrupt a worker.
      Thread.interrupted();
    }
    return true;
  }
}
