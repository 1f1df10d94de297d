package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The most memory that a process has resident while it trains W3 for some dozens of steps, as Linux
 * counts it: the virtual machine, its heap and what native libraries take.
 */
public final class Memory {

  /** The name in the option {@code --only}. */
  public static final String NAME = "memory";

  /** A heap that W3 fits into without much work for the collector; its default is not frugal. */
  private static final String HEAP = "-Xmx160m";

  private static final Case WORKLOAD = Case.W3_F32;
  private static final double SECONDS = 2;
  private static final double GOAL = 300;

  private Memory() {}

  /**
   * Returns two figures per contender of ours: with the default heap, and with a small one.
   *
   * @param peer what they are compared with; empty without one
   */
  public static List<Figure> run(List<Contender> ours, Optional<Contender> peer)
      throws IOException {
    double theirs = peer.isPresent() ? figure(peer.get(), Double.NaN).ours() : Double.NaN;
    List<Figure> figures = new ArrayList<>();
    for (Contender contender : ours) {
      figures.add(figure(contender, theirs));
      figures.add(figure(contender.with(HEAP), theirs));
    }
    figures.forEach(Figure::print);
    return figures;
  }

  private static Figure figure(Contender contender, double theirs) throws IOException {
    try (Child child = Child.start(contender, WORKLOAD, 1)) {
      child.round(SECONDS);
      double most = child.megabytes();
      return new Figure(
          WORKLOAD.workload(),
          WORKLOAD.dtypeLabel(),
          1,
          contender,
          "mb_at_peak",
          most,
          theirs,
          theirs / most,
          OptionalDouble.of(GOAL),
          child.problem());
    }
  }
}
