package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several contenders on one workload, in turns, and the peer among them, so that what else the
 * machine does meets all. Each has a process of its own, idle while another's clock runs.
 */
public final class Comparison implements AutoCloseable {

  /**
   * How long to measure.
   *
   * @param rounds of each contender
   * @param seconds per round
   * @param warmup seconds before the first round
   * @param limit seconds after which no further round begins; the first always does
   */
  public record Effort(int rounds, double seconds, double warmup, double limit) {}

  private final Case which;
  private final int threads;
  private final Effort effort;
  private final List<Runner> runners = new ArrayList<>();

  private Comparison(Case which, int threads, Effort effort) {
    this.which = which;
    this.threads = threads;
    this.effort = effort;
  }

  /**
   * Measures, prints the rows of all, check values first, and returns a figure per contender of
   * ours.
   *
   * @param peer what they are compared with; empty without one
   */
  public static List<Figure> run(
      List<Contender> ours, Optional<Contender> peer, Case which, int threads, Effort effort)
      throws IOException {
    List<Contender> all = new ArrayList<>(ours);
    peer.ifPresent(all::add);
    try (Comparison comparison = new Comparison(which, threads, effort)) {
      for (Contender contender : all) {
        comparison.add(contender);
      }
      comparison.rounds();
      return comparison.figures(ours.size());
    }
  }

  /** Starts a process, lets it show its check values, and warms it up. */
  private void add(Contender contender) throws IOException {
    long start = System.nanoTime();
    Child child = Child.start(contender, which, threads);
    runners.add(new Runner(child, new ArrayList<>()));
    System.out.println(contender.name() + ":");
    child.checks().forEach(System.out::println);
    // Where one step takes a minute, the check values were warm-up enough.
    if (seconds(start) < effort.limit()) {
      child.round(effort.warmup());
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void rounds() throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < effort.rounds() && (i == 0 || seconds(start) < effort.limit()); i++) {
      for (Runner runner : runners) {
        runner.times.add(runner.child.round(effort.seconds()));
      }
    }
  }

  private List<Figure> figures(int ours) {
    Optional<Runner> peer =
        runners.size() > ours ? Optional.of(runners.get(ours)) : Optional.empty();
    List<Figure> figures = new ArrayList<>();
    for (Runner runner : runners.subList(0, ours)) {
      figures.add(figure(runner, peer));
    }
    figures.forEach(Figure::print);
    return figures;
  }

  private Figure figure(Runner runner, Optional<Runner> peer) {
    return new Figure(
        which.workload(),
        which.dtypeLabel(),
        threads,
        runner.child.contender(),
        which.metric().label(),
        middle(runner.times),
        peer.map(p -> middle(p.times)).orElse(Double.NaN),
        peer.map(p -> middle(ratios(p.times, runner.times))).orElse(Double.NaN),
        which.goal(threads),
        runner.child.problem());
  }

  /** Returns theirs by ours, round by round: what drifts between rounds drops out. */
  static List<Double> ratios(List<Double> theirs, List<Double> ours) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(theirs.get(i) / ours.get(i));
    }
    return ratios;
  }

  private static double middle(List<Double> times) {
    boolean whole = times.stream().noneMatch(t -> Double.isNaN(t));
    return whole ? Timing.median(times) : Double.NaN;
  }

  @Override
  public void close() {
    runners.forEach(runner -> runner.child.close());
  }

  private record Runner(Child child, List<Double> times) {}
}
