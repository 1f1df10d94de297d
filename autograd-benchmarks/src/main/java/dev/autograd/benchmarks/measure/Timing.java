package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Check;
import dev.autograd.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a workload: to its check values, and for its time. */
public final class Timing {

  private Timing() {}

  /** Returns the values of the checks, in their order, from a fresh start. */
  public static List<Double> values(Workload workload, List<Check> checks) {
    workload.reset();
    int done = 0;
    List<Double> values = new ArrayList<>();
    for (Check check : checks) {
      for (; done < check.steps(); done++) {
        workload.step();
      }
      values.add(workload.value(check.quantity()));
    }
    return values;
  }

  /**
   * Returns the time of a step, in the unit of the case: the mean over as many blocks of steps as
   * fill the given seconds, one at least. Going back to the start is not timed.
   */
  public static double round(Case which, Workload workload, double seconds) {
    long limit = (long) (seconds * 1e9);
    long spent = 0;
    long steps = 0;
    do {
      workload.reset();
      long start = System.nanoTime();
      for (int i = 0; i < which.block(); i++) {
        workload.step();
      }
      spent += System.nanoTime() - start;
      steps += which.block();
    } while (spent < limit);
    return which.time((double) spent / steps);
  }

  /** Returns the middle one of some numbers, or the mean of the two in the middle. */
  public static double median(List<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
