package dev.autograd.nn.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Any number of numbers in ascending order, immutable. Kept in sorted runs, each longer than the
 * next, so that adding a batch copies a number no more often than runs double: log n times.
 */
final class SortedValues {

  static final SortedValues NONE = new SortedValues(List.of());

  private final List<double[]> runs;

  private SortedValues(List<double[]> runs) {
    this.runs = runs;
  }

  SortedValues plus(SortedValues other) {
    List<double[]> all = new ArrayList<>(runs);
    all.addAll(other.runs);
    all.sort(Comparator.comparingInt((double[] run) -> run.length).reversed());
    List<double[]> kept = new ArrayList<>();
    for (double[] next : all) {
      double[] run = next;
      while (!kept.isEmpty() && kept.get(kept.size() - 1).length <= run.length) {
        run = merged(kept.remove(kept.size() - 1), run);
      }
      kept.add(run);
    }
    return new SortedValues(kept);
  }

  /** Returns this with numbers added, of which none is NaN; the array is sorted, and kept. */
  SortedValues plus(double... values) {
    if (values.length == 0) {
      return this;
    }
    Arrays.sort(values);
    return plus(new SortedValues(List.of(values)));
  }

  long count() {
    return runs.stream().mapToLong(run -> run.length).sum();
  }

  double[] ascending() {
    double[] all = new double[0];
    for (int i = runs.size() - 1; i >= 0; i--) {
      all = merged(all, runs.get(i));
    }
    return all;
  }

  private static double[] merged(double[] a, double[] b) {
    double[] both = new double[a.length + b.length];
    int i = 0;
    int j = 0;
    for (int k = 0; k < both.length; k++) {
      boolean first = j == b.length || (i < a.length && a[i] <= b[j]);
      both[k] = first ? a[i++] : b[j++];
    }
    return both;
  }
}
