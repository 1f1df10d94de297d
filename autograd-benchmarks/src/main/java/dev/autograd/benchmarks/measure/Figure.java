package dev.autograd.benchmarks.measure;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A measured number of one contender, beside the peer's.
 *
 * @param workload the name of the workload
 * @param dtype {@code f32} or {@code f64}
 * @param threads how many were allowed
 * @param contender who was measured
 * @param unit what the number counts
 * @param ours the number; NaN if there is a problem
 * @param theirs the peer's; NaN without one, or if it crashed
 * @param ratio theirs by ours: above 1 ours is better
 * @param goal what ours should be at most
 * @param problem why there is no number of ours
 */
public record Figure(
    String workload,
    String dtype,
    int threads,
    Contender contender,
    String unit,
    double ours,
    double theirs,
    double ratio,
    OptionalDouble goal,
    Optional<String> problem) {

  /** Returns whether there is a number. */
  public boolean valid() {
    return problem.isEmpty();
  }

  /** Returns whether a goal was set and not reached. */
  public boolean missed() {
    return valid() && goal.isPresent() && ours > goal.getAsDouble();
  }

  /** Prints rows: ours, and the ratio if there is a peer. */
  void print() {
    System.out.println(new Row(contender.name(), workload, dtype, threads, unit, ours));
    problem.ifPresent(reason -> System.out.println("ERROR: " + contender.name() + ": " + reason));
    if (!Double.isNaN(theirs)) {
      System.out.println(new Row(contender.name(), workload, dtype, threads, "ratio", ratio));
    }
  }
}
