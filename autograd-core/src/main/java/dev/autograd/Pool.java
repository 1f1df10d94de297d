package dev.autograd;

import dev.autograd.array.DType;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that closed tapes of one thread have given back, for the next ones: a fresh array
 * would have to be zeroed, paged in and collected, which costs 2 to 10 times a cheap operation on
 * it.
 *
 * <p>Arrays are kept by type and length, lengths in steps of an eighth to a quarter. Short ones are
 * left to the garbage collector, which is as fast. What lies here is bounded by the most that any
 * of the last {@value #RECENT} tapes used; beyond it, lengths not asked for the longest go first.
 */
final class Pool {

  private static final int RECENT = 16;

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

  private final Map<DType, @Nullable Shelf[]> shelves = new EnumMap<>(DType.class);
  private final long[] recentlyUsed = new long[RECENT];

  /** How many times all tapes were closed. */
  private int rounds;

  private int openLeases;
  private long heldBytes;
  private long leasedBytes;
  private long mostLeased;

  /** Returns whether arrays of so many elements are kept. */
  static boolean keeps(int n) {
    return n >= SHORTEST && n <= 1 << 30;
  }

  /** Returns an array of at least n elements, which hold anything. */
  Object take(DType dtype, int n) {
    int shift = shift(n);
    int units = ((n - 1) >>> shift) + 1;
    Shelf shelf = shelves(dtype)[shift * UNITS + units - 1];
    long bytes = (long) (units << shift) * dtype.bytes();
    leasedBytes += bytes;
    mostLeased = Math.max(mostLeased, leasedBytes);
    if (shelf == null || shelf.count == 0) {
      Object array = dtype.allocate(units << shift);
      if (POISON) {
        spoil(array);
      }
      return array;
    }
    shelf.lastTaken = rounds;
    heldBytes -= bytes;
    return shelf.take();
  }

  /** Takes back what {@link #take} returned. */
  void giveBack(Object array) {
    leasedBytes -= keep(array);
  }

  /** Lets an array go for good, or until {@link #add}. */
  void forget(Object array) {
    leasedBytes -= bytes(array);
  }

  /** Takes an array that it once forgot. */
  void add(Object array) {
    keep(array);
  }

  private long keep(Object array) {
    if (POISON) {
      spoil(array);
    }
    int length = Array.getLength(array);
    int shift = shift(length);
    int place = shift * UNITS + ((length - 1) >>> shift);
    DType dtype = typeOf(array);
    @Nullable Shelf[] ofType = shelves(dtype);
    Shelf shelf = ofType[place];
    if (shelf == null) {
      shelf = new Shelf(rounds);
      ofType[place] = shelf;
    }
    shelf.give(array);
    long bytes = (long) length * dtype.bytes();
    heldBytes += bytes;
    return bytes;
  }

  /** Says that a tape was opened. */
  void leaseOpened() {
    openLeases++;
  }

  /** Says that a tape was closed; after the outermost, lets go of what is too much. */
  void leaseClosed() {
    if (--openLeases > 0) {
      return;
    }
    recentlyUsed[rounds++ % RECENT] = mostLeased;
    mostLeased = leasedBytes;
    if (heldBytes > 0) {
      trim(Arrays.stream(recentlyUsed).max().orElse(0));
    }
  }

  private void trim(long bound) {
    while (heldBytes > bound) {
      heldBytes -= bytes(oldest().take());
    }
  }

  /** Returns the bytes of all arrays here. */
  long heldBytes() {
    return heldBytes;
  }

  /** Returns the lengths not asked for the longest, of which there is an array. */
  private Shelf oldest() {
    return shelves.values().stream()
        .flatMap(Arrays::stream)
        .filter(shelf -> shelf != null && shelf.count > 0)
        .min(Comparator.comparingInt(shelf -> shelf.lastTaken))
        .orElseThrow();
  }

  private @Nullable Shelf[] shelves(DType dtype) {
    return shelves.computeIfAbsent(dtype, type -> new Shelf[CLASSES]);
  }

  private static int shift(int n) {
    return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(n - 1) - 3);
  }

  private static long bytes(Object array) {
    return (long) Array.getLength(array) * typeOf(array).bytes();
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

    /** The round in which one was last taken. */
    int lastTaken;

    int count;
    private @Nullable Object[] arrays = new Object[4];

    Shelf(int round) {
      lastTaken = round;
    }

    void give(Object array) {
      if (count == arrays.length) {
        arrays = Arrays.copyOf(arrays, 2 * count);
      }
      arrays[count++] = array;
    }

    Object take() {
      Object array = Objects.requireNonNull(arrays[--count]);
      arrays[count] = null;
      return array;
    }
  }
}
