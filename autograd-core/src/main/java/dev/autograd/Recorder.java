package dev.autograd;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a thread knows of recording: whether it is on, the innermost open tape, the running sweep.
 * Each thread has its own, so modes never reach another thread.
 */
final class Recorder {

  private static final ThreadLocal<Recorder> CURRENT = ThreadLocal.withInitial(Recorder::new);

  /**
   * Ids are dealt to threads in blocks, so that recording threads do not contend for each number.
   */
  private static final AtomicLong NEXT_BLOCK = new AtomicLong();

  private static final int BLOCK = 1 << 16;

  private final Pool pool = new Pool();
  private boolean recording = true;
  private @Nullable Tape tape;
  private @Nullable Sweep sweep;
  private Replay.@Nullable Run replay;
  private @Nullable Interceptor interceptor;
  private @Nullable Consumer<String> ignoredStops;
  private long completedSweeps;
  private int lastSweepSize;
  private long nextId;
  private long lastId;

  private Recorder() {}

  static Recorder current() {
    return CURRENT.get();
  }

  boolean recording() {
    return recording;
  }

  /** Runs code with recording on or off, and restores the mode however the code ends. */
  static <T> T withRecording(boolean on, Supplier<T> code) {
    Recorder recorder = current();
    boolean before = recorder.recording;
    recorder.recording = on;
    try {
      return code.get();
    } finally {
      recorder.recording = before;
    }
  }

  @Nullable Tape tape() {
    return tape;
  }

  void innermost(@Nullable Tape opened) {
    tape = opened;
  }

  /** Returns the arrays that closed tapes of this thread have left. */
  Pool pool() {
    return pool;
  }

  /** Returns the owner of storage that is computed now; null is the heap. */
  @Nullable Lease lease() {
    return tape == null ? null : tape.lease();
  }

  @Nullable Sweep sweep() {
    return sweep;
  }

  /** Makes a sweep, or none, the running one and returns the one before. */
  @Nullable Sweep running(@Nullable Sweep next) {
    Sweep before = sweep;
    sweep = next;
    return before;
  }

  /** Returns the innermost run on record of this thread, or null. */
  Replay.@Nullable Run replay() {
    return replay;
  }

  void replay(Replay.@Nullable Run innermost) {
    replay = innermost;
  }

  /** Returns who sees results as they are recorded; null in ordinary use. */
  @Nullable Interceptor interceptor() {
    return interceptor;
  }

  /** Runs code under an interceptor, or under none, and restores the one before. */
  <T> T intercepted(@Nullable Interceptor next, Supplier<T> code) {
    Interceptor before = interceptor;
    interceptor = next;
    try {
      return code.get();
    } finally {
      interceptor = before;
    }
  }

  /** Returns whether stop-gradients are ignored, and tells who asked for it that here was one. */
  boolean ignoresStop() {
    Consumer<String> ignored = ignoredStops;
    if (ignored != null) {
      ignored.accept(Source.line());
    }
    return ignored != null;
  }

  /** Returns whether values may be tracked because stop-gradients are ignored. */
  boolean ignoresStops() {
    return ignoredStops != null;
  }

  /** Runs code in which stop-gradients are ignored, and restores the mode. */
  <T> T throughStops(Consumer<String> stops, Supplier<T> code) {
    Consumer<String> before = ignoredStops;
    ignoredStops = stops;
    try {
      return code.get();
    } finally {
      ignoredStops = before;
    }
  }

  long completedSweeps() {
    return completedSweeps;
  }

  /** Returns how many vertices this thread's last sweep had. */
  int lastSweepSize() {
    return lastSweepSize;
  }

  void lastSweepSize(int vertices) {
    lastSweepSize = vertices;
  }

  void sweepCompleted() {
    completedSweeps++;
  }

  long newId() {
    if (nextId == lastId) {
      nextId = NEXT_BLOCK.getAndAdd(BLOCK);
      lastId = nextId + BLOCK;
    }
    return nextId++;
  }
}
