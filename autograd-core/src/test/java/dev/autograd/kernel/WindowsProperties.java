package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Windows that slide in random ways, tap by tap. */
class WindowsProperties {

  private static final double MARK = -77;

  /** A tap of a window: its place in the planes, or -1 in padding. */
  private record Tap(int plane, int u, int v, int i, int j, int place) {}

  /** Returns all taps of all windows, window by window, each in row order. */
  private static List<Tap> taps(Windows windows) {
    List<Tap> taps = new ArrayList<>();
    Sliding rows = windows.rows();
    Sliding columns = windows.columns();
    for (int plane = 0; plane < windows.planes(); plane++) {
      for (int i = 0; i < rows.positions(); i++) {
        for (int j = 0; j < columns.positions(); j++) {
          for (int u = 0; u < rows.taps(); u++) {
            for (int v = 0; v < columns.taps(); v++) {
              int row = rows.start() + i * rows.stride() + u * rows.dilation();
              int column = columns.start() + j * columns.stride() + v * columns.dilation();
              boolean inside =
                  row >= 0 && row < rows.size() && column >= 0 && column < columns.size();
              int place = (plane * rows.size() + row) * columns.size() + column;
              taps.add(new Tap(plane, u, v, i, j, inside ? place : -1));
            }
          }
        }
      }
    }
    return taps;
  }

  private static Windows random(Random random) {
    return new Windows(random.nextInt(4), sliding(random), sliding(random));
  }

  private static Sliding sliding(Random random) {
    return new Sliding(
        random.nextInt(7),
        random.nextInt(6) - 4,
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        1 + random.nextInt(5));
  }

  private static int window(Windows windows, Tap tap) {
    return (tap.plane * windows.rows().positions() + tap.i) * windows.columns().positions() + tap.j;
  }

  private static int elements(Windows windows) {
    return windows.planes() * windows.plane();
  }

  @Property(tries = 300)
  void unfoldLaysTapsInRowsAndFoldAddsThemBack(@ForAll Precision precision, @ForAll long seed) {
    Random random = new Random(seed);
    Windows windows = random(random);
    int step = windows.positions() + random.nextInt(3);
    int rows = windows.planes() * windows.taps();
    int offset = random.nextInt(4);
    double[] x = precision.round(Samples.random(elements(windows), seed, false));
    double[] columns = precision.round(Samples.random(rows * step, seed + 1, false));
    double[] unfolded = new double[offset + rows * step];
    Arrays.fill(unfolded, MARK);
    double[] folded = x.clone();
    for (int row = 0; row < rows; row++) {
      Arrays.fill(unfolded, offset + row * step, offset + row * step + windows.positions(), 0);
    }
    // Sums depend on the order: first all windows of one tap, then of the next.
    List<Tap> taps = new ArrayList<>(taps(windows));
    taps.sort((a, b) -> Integer.compare(row(windows, a), row(windows, b)));
    for (Tap tap : taps) {
      int at = row(windows, tap) * step + tap.i * windows.columns().positions() + tap.j;
      if (tap.place >= 0) {
        unfolded[offset + at] = x[tap.place];
        folded[tap.place] = precision.round(folded[tap.place] + columns[at]);
      }
    }

    double[] marks = new double[offset + rows * step];
    Arrays.fill(marks, MARK);
    Object out = precision.operand(marks);
    precision.kernels().unfold(windows, precision.operandAt(offset, x), offset, out, offset, step);
    assertThat(read(out, marks.length)).containsExactly(unfolded);

    Object target = precision.operandAt(offset, x);
    precision
        .kernels()
        .fold(windows, precision.operandAt(offset, columns), offset, step, target, offset);
    assertThat(Arrays.copyOfRange(read(target, offset + x.length), offset, offset + x.length))
        .containsExactly(folded);
  }

  private static int row(Windows windows, Tap tap) {
    return (tap.plane * windows.rows().taps() + tap.u) * windows.columns().taps() + tap.v;
  }

  @Property(tries = 300)
  void sumsAndTheirTranspose(@ForAll Precision precision, @ForAll long seed) {
    Windows windows = random(new Random(seed));
    int n = windows.planes() * windows.positions();
    double[] x = precision.round(Samples.random(elements(windows), seed, false));
    double[] y = precision.round(Samples.random(n, seed + 1, false));
    double[] sums = new double[n];
    double[] spread = x.clone();
    // Sums depend on the order: row by row of windows, tap by tap.
    List<Tap> taps = new ArrayList<>(taps(windows));
    taps.sort(
        Comparator.comparing(Tap::plane)
            .thenComparing(Tap::i)
            .thenComparing(Tap::u)
            .thenComparing(Tap::v));
    for (Tap tap : taps) {
      if (tap.place >= 0) {
        sums[window(windows, tap)] += x[tap.place];
        spread[tap.place] = precision.round(spread[tap.place] + y[window(windows, tap)]);
      }
    }

    Object out = precision.result(n);
    precision.kernels().sumPool(windows, precision.operand(x), out, 0, windows.planes());
    assertThat(precision.read(out, n)).containsExactly(precision.round(sums));

    Object target = precision.operand(x);
    precision.kernels().spreadPool(windows, precision.operand(y), target, 0, windows.planes());
    assertThat(read(target, x.length)).containsExactly(spread);
  }

  @Property(tries = 300)
  void argMaxFindsTheFirstLargestOrNaN(@ForAll Precision precision, @ForAll long seed) {
    Random random = new Random(seed);
    Windows windows = random(random);
    int n = windows.planes() * windows.positions();
    double[] x = new double[elements(windows)];
    double[] few = {1, 2, 2, 0.0, -0.0, Double.NEGATIVE_INFINITY, Double.NaN};
    int kinds = 1 + random.nextInt(few.length);
    Arrays.setAll(x, i -> few[random.nextInt(kinds)]);
    int[] expected = new int[n];
    Arrays.fill(expected, -1);
    for (Tap tap : taps(windows)) {
      int at = window(windows, tap);
      if (tap.place >= 0 && (expected[at] < 0 || wins(x[tap.place], x[expected[at]]))) {
        expected[at] = tap.place;
      }
    }
    if (Arrays.stream(expected).anyMatch(place -> place < 0)) {
      return;
    }
    int[] places = new int[n];
    precision.kernels().argMaxPool(windows, precision.operand(x), places, 0, windows.planes());
    assertThat(places).containsExactly(expected);
  }

  private static boolean wins(double challenger, double best) {
    return Double.isNaN(challenger) ? !Double.isNaN(best) : challenger > best;
  }

  private static double[] read(Object array, int n) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> Array.getDouble(array, i));
    return values;
  }
}
