package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two engines on one workload, in turns: ours, theirs, ours, theirs, so that what else the machine
 * does meets both. Each has a process of its own, idle while the other's clock runs.
 *
 * @param which the workload
 * @param threads how many were allowed
 * @param ours the median time of ours, in the unit of the case; NaN if it is wrong or has crashed
 * @param theirs the median time of the peer; likewise
 * @param ratio the median of the rounds' {@code theirs / ours}: above 1 we are faster
 */
public record Comparison(Case which, int threads, double ours, double theirs, double ratio) {

  /**
   * How long to measure.
   *
   * @param rounds of each engine
   * @param seconds per round
   * @param warmup seconds before the first round
   * @param limit seconds after which no further round begins; the first always does
   */
  public record Effort(int rounds, double seconds, double warmup, double limit) {}

  /**
   * Measures, and prints the rows of both engines, check values first, and the ratio.
   *
   * @param peer the peer's name; empty without one
   */
  public static Comparison run(
      String engine, Optional<String> peer, Case which, int threads, Effort effort)
      throws IOException {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    try (Child own = Child.start(engine, which, threads)) {
      own.checks().forEach(System.out::println);
      if (peer.isEmpty()) {
        own.round(effort.warmup());
        for (int i = 0; i < effort.rounds(); i++) {
          ours.add(own.round(effort.seconds()));
        }
        Comparison alone = result(which, threads, ours, theirs, ratios);
        System.out.println(Row.of(engine, which, threads, which.metric().label(), alone.ours()));
        return alone;
      }
      try (Child other = Child.start(peer.get(), which, threads)) {
        other.checks().forEach(System.out::println);
        own.round(effort.warmup());
        other.round(effort.warmup());
        long start = System.nanoTime();
        for (int i = 0; i < effort.rounds() && goesOn(i, start, effort); i++) {
          double mine = own.round(effort.seconds());
          double yours = other.round(effort.seconds());
          ours.add(mine);
          theirs.add(yours);
          ratios.add(yours / mine);
        }
      }
    }
    Comparison result = result(which, threads, ours, theirs, ratios);
    result.print(engine, peer.get());
    return result;
  }

  private static boolean goesOn(int round, long start, Effort effort) {
    return round == 0 || System.nanoTime() - start < effort.limit() * 1e9;
  }

  private static Comparison result(
      Case which, int threads, List<Double> ours, List<Double> theirs, List<Double> ratios) {
    return new Comparison(which, threads, middle(ours), middle(theirs), middle(ratios));
  }

  private static double middle(List<Double> times) {
    boolean whole = !times.isEmpty() && times.stream().noneMatch(t -> Double.isNaN(t));
    return whole ? Timing.median(times) : Double.NaN;
  }

  private void print(String engine, String peer) {
    String metric = which.metric().label();
    System.out.println(Row.of(engine, which, threads, metric, ours));
    System.out.println(Row.of(peer, which, threads, metric, theirs));
    System.out.println(Row.of(peer + "/" + engine, which, threads, "ratio", ratio));
  }

  /** Returns whether our check values were right and all our rounds were run. */
  public boolean valid() {
    return !Double.isNaN(ours);
  }
}
