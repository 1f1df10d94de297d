package dev.autograd;

import dev.autograd.array.DType;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that closed tapes of one thread have given back, for the next ones: a fresh array
 * would have to be zeroed, paged in and collected, which costs 2 to 10 times a cheap operation on
 * it.
 *
 * <p>Arrays are kept by type and length, lengths in steps of an eighth to a quarter. Short ones are
 * left to the garbage collector, which is as fast. Of each length there are at most as many as were
 * leased at a time in the {@value #ROUNDS} rounds before the last look, and since; a round ends
 * when the outermost tape closes.
 */
final class Pool {

  private static final int ROUNDS = 16;

  /** Lengths are counted in units of which 5 to 8 make the whole. */
  private static final int UNITS = 8;

  private static final int CLASSES = Integer.SIZE * UNITS;

  /**
   * Whether storage is filled with NaN when it comes and goes, so that no test reads it unnoticed.
   */
  private static final boolean POISON = Boolean.getBoolean("autograd.pool.poison");

  /**
   * Elements below which an array is not worth keeping; tests keep all, for they use short ones.
   */
  private static final int SHORTEST = POISON ? 1 : 64;

  /** What tapes may hold at a time; beyond it, unreachable results must be collectable. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private final Map<DType, @Nullable Shelf[]> shelves = new EnumMap<>(DType.class);
  private int rounds;
  private int openLeases;
  private long leasedBytes;

  /** Returns whether arrays of so many elements are kept. */
  static boolean keeps(int n) {
    return n >= SHORTEST && n <= 1 << 30;
  }

  /** Returns whether so much is leased that what comes next is better left to the collector. */
  boolean isExhausted() {
    return leasedBytes > MOST_BYTES;
  }

  /** Returns an array of at least n elements, which hold anything. */
  Object take(DType dtype, int n) {
    Object array = shelf(dtype, n).lease();
    leasedBytes += (long) capacity(n) * dtype.bytes();
    if (array != null) {
      return array;
    }
    Object fresh = dtype.allocate(capacity(n));
    if (POISON) {
      spoil(fresh);
    }
    return fresh;
  }

  /** Takes back what {@link #take} returned. */
  void giveBack(Object array) {
    forget(array);
    add(array);
  }

  /** Lets an array go for good, or until {@link #add}. */
  void forget(Object array) {
    leasedBytes -= (long) Array.getLength(array) * typeOf(array).bytes();
    shelfOf(array).leased--;
  }

  /** Takes an array that it once forgot. */
  void add(Object array) {
    if (POISON) {
      spoil(array);
    }
    shelfOf(array).put(array);
  }

  /** Says that a tape was opened. */
  void leaseOpened() {
    openLeases++;
  }

  /** Says that a tape was closed; from time to time, lets go of what is not needed any more. */
  void leaseClosed() {
    if (--openLeases == 0 && ++rounds % ROUNDS == 0) {
      all().forEach(Shelf::trim);
    }
  }

  /** Returns the bytes of all arrays that wait here. */
  long heldBytes() {
    return all().mapToLong(Shelf::bytes).sum();
  }

  private Stream<Shelf> all() {
    return shelves.values().stream().flatMap(Arrays::stream).filter(Objects::nonNull);
  }

  private Shelf shelfOf(Object array) {
    return shelf(typeOf(array), Array.getLength(array));
  }

  private Shelf shelf(DType dtype, int n) {
    @Nullable Shelf[] ofType = shelves.computeIfAbsent(dtype, type -> new Shelf[CLASSES]);
    int shift = shift(n);
    int place = shift * UNITS + ((n - 1) >>> shift);
    Shelf shelf = ofType[place];
    if (shelf == null) {
      shelf = new Shelf();
      ofType[place] = shelf;
    }
    return shelf;
  }

  private static int capacity(int n) {
    int shift = shift(n);
    return (((n - 1) >>> shift) + 1) << shift;
  }

  private static int shift(int n) {
    return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(n - 1) - 3);
  }

  private static DType typeOf(Object array) {
    if (array instanceof float[]) {
      return DType.F32;
    }
    if (array instanceof double[]) {
      return DType.F64;
    }
    return array instanceof int[] ? DType.I32 : array instanceof long[] ? DType.I64 : DType.BOOL;
  }

  /** Sets the first n elements to 0. */
  static void clear(Object array, int n) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, 0, n, 0);
    } else if (array instanceof double[] doubles) {
      Arrays.fill(doubles, 0, n, 0);
    } else if (array instanceof long[] longs) {
      Arrays.fill(longs, 0, n, 0);
    } else if (array instanceof int[] ints) {
      Arrays.fill(ints, 0, n, 0);
    } else {
      Arrays.fill((boolean[]) array, 0, n, false);
    }
  }

  private static void spoil(Object array) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, Float.NaN);
    } else if (array instanceof double[] doubles) {
      Arrays.fill(doubles, Double.NaN);
    } else if (array instanceof long[] longs) {
      Arrays.fill(longs, Long.MIN_VALUE);
    } else if (array instanceof int[] ints) {
      Arrays.fill(ints, Integer.MIN_VALUE);
    } else {
      Arrays.fill((boolean[]) array, true);
    }
  }

  /** The arrays of one type and length. */
  private static final class Shelf {

    int leased;

    /** The most that were leased at a time since the last trim. */
    private int mostLeased;

    private int count;
    private @Nullable Object[] arrays = new Object[4];

    /** Returns an array, now leased; null if it has to be made. */
    @Nullable Object lease() {
      leased++;
      mostLeased = Math.max(mostLeased, leased);
      return count == 0 ? null : remove();
    }

    void put(Object array) {
      if (count == arrays.length) {
        arrays = Arrays.copyOf(arrays, 2 * count);
      }
      arrays[count++] = array;
    }

    private Object remove() {
      Object array = Objects.requireNonNull(arrays[--count]);
      arrays[count] = null;
      return array;
    }

    void trim() {
      while (count > mostLeased - leased) {
        remove();
      }
      mostLeased = leased;
    }

    long bytes() {
      Object first = arrays[0];
      return first == null ? 0 : (long) count * Array.getLength(first) * typeOf(first).bytes();
    }
  }
}
