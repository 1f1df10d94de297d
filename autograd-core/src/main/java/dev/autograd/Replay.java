package dev.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that code drew from changing state, such as the pass counter of a dropout, so that
 * the same code can run again and get the same result, as in {@link Autograd#recompute} and in a
 * gradient check. Code with such state draws through {@link #draw}.
 *
 * <p>Runs nest, and each has its own record; what an inner run draws is on the outer's record too.
 */
public final class Replay {

  private final List<Long> drawn = new ArrayList<>();

  /** Makes an empty record. */
  public Replay() {}

  /** A run of code on this thread: the first, which writes the record, or one that reads it. */
  static final class Run {
    private final Replay record;
    private final @Nullable Run enclosing;

    /** The place of the next number to be read; -1 in the first run. */
    private int next;

    /** Vertices with smaller ids are older than this run. */
    private final long firstId;

    private Run(Replay record, @Nullable Run enclosing, int next, long firstId) {
      this.firstId = firstId;
      this.record = record;
      this.enclosing = enclosing;
      this.next = next;
    }
  }

  /**
   * Returns the next number of a source; where code runs again, the number that it drew at this
   * place the first time, without asking the source.
   *
   * <pre>{@code
   * long pass = Replay.draw(passes::getAndIncrement);
   * }</pre>
   *
   * @throws IllegalStateException if code that runs again draws more often than the first time
   */
  public static long draw(LongSupplier source) {
    return draw(Recorder.current().replay(), source);
  }

  private static long draw(@Nullable Run run, LongSupplier source) {
    if (run == null) {
      return source.getAsLong();
    }
    List<Long> drawn = run.record.drawn;
    if (run.next < 0) {
      long number = draw(run.enclosing, source);
      drawn.add(number);
      return number;
    }
    if (run.next == drawn.size()) {
      throw new IllegalStateException(
          "replay: code that runs again drew random state more often than the first time; it must do"
              + " the same in every run");
    }
    return drawn.get(run.next++);
  }

  /** Returns whether code runs again in which this vertex was there already the first time. */
  static boolean repeatsOver(Vertex vertex) {
    for (Run run = Recorder.current().replay(); run != null; run = run.enclosing) {
      if (run.next >= 0 && vertex.id() < run.firstId) {
        return true;
      }
    }
    return false;
  }

  /** Runs code for the first time, on record, and returns what it returns. */
  public <T> T record(Supplier<T> code) {
    return run(code, -1);
  }

  /**
   * Runs code again, with the numbers on record, and returns what it returns.
   *
   * @throws IllegalStateException if it draws more often than the first time
   */
  public <T> T again(Supplier<T> code) {
    return run(code, 0);
  }

  private <T> T run(Supplier<T> code, int next) {
    Recorder recorder = Recorder.current();
    Run enclosing = recorder.replay();
    recorder.replay(new Run(this, enclosing, next, recorder.newId()));
    try {
      return code.get();
    } finally {
      recorder.replay(enclosing);
    }
  }
}
