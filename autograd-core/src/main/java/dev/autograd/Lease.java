package dev.autograd;

import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The storage of one open tape: everything computed while the tape was innermost, until it closes
 * and the arrays go back to the {@link Pool} of its thread.
 *
 * <p>Arrays are numbered in the order in which they were taken, so that a sweep can give back early
 * what it knows that nobody holds.
 */
final class Lease implements Guard {

  private static final Object[] NOTHING = {};

  private final Thread owner = Thread.currentThread();
  private final Pool pool;
  private volatile boolean ended;

  /** What was taken, in order; null where it went back. */
  private @Nullable Object[] taken = NOTHING;

  private int count;

  /** Makes a lease from the pool of this thread. */
  Lease(Pool pool) {
    this.pool = pool;
    pool.leaseOpened();
  }

  /** Returns an array of at least n elements, which hold anything. */
  Object take(DType dtype, int n) {
    if (!Pool.keeps(n) || pool.isExhausted()) {
      return dtype.allocate(n);
    }
    Object array = pool.take(dtype, n);
    if (count == taken.length) {
      taken = Arrays.copyOf(taken, Math.max(16, 2 * count));
    }
    taken[count++] = array;
    return array;
  }

  /** Returns the number of the next array. */
  int next() {
    return count;
  }

  /** Returns whether a number is that of an array. */
  boolean holds(int number, @Nullable Object array) {
    return array != null && number >= 0 && number < count && taken[number] == array;
  }

  /** Returns how many arrays have not gone back yet. */
  int held() {
    return (int) Arrays.stream(taken, 0, count).filter(Objects::nonNull).count();
  }

  /** Gives one array back: nobody reads it any more. */
  void giveBack(int number) {
    pool.giveBack(Objects.requireNonNull(taken[number]));
    taken[number] = null;
  }

  /**
   * Gives back all arrays from a number on but one, and returns the number that this one has
   * afterwards; -1 if it is not among them.
   */
  int giveBackFrom(int mark, @Nullable Object kept) {
    boolean found = false;
    for (int number = mark; number < count; number++) {
      Object array = taken[number];
      taken[number] = null;
      if (array != null && array == kept) {
        found = true;
      } else if (array != null) {
        pool.giveBack(array);
      }
    }
    count = mark;
    if (!found) {
      return -1;
    }
    taken[count] = kept;
    return count++;
  }

  /** Gives an array away, to somebody who outlives this. */
  void handOver(int number) {
    pool.forget(Objects.requireNonNull(taken[number]));
    taken[number] = null;
  }

  /** Takes an array back that was given away, here or by an earlier lease of this thread. */
  void takeBack(Object array) {
    pool.add(array);
  }

  /** Ends the lifetime of all storage. */
  void end() {
    if (!ended) {
      ended = true;
      giveBackFrom(0, null);
      taken = NOTHING;
      pool.leaseClosed();
    }
  }

  boolean ended() {
    return ended;
  }

  /** Returns whether a tape that another thread holds open owns this storage. */
  boolean heldElsewhere() {
    return owner != Thread.currentThread() && !ended;
  }

  @Override
  public void check(Tensor reader) {
    if (ended) {
      throw new ClosedTapeException(
          reader.describe()
              + " was computed inside a tape that is closed, and its storage with it; call keep() on"
              + " what shall outlive the tape, inside it");
    }
  }
}
