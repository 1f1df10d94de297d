package dev.autograd.benchmarks.measure;

import dev.autograd.benchmarks.workload.Case;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The most memory that a process has resident until it has made the steps of W3 that its check
 * values ask for, as Linux counts it: the virtual machine, its heap and what native libraries take.
 */
public final class Memory {

  /** The name in the option {@code --only}. */
  public static final String NAME = "memory";

  /**
   * What a user says who does not care for memory, who cares, and who knows how much is needed.
   * With nothing said, the default collector takes what the machine has.
   */
  private static final List<List<String>> HEAPS =
      List.of(List.of(), List.of("-XX:+UseSerialGC"), List.of("-XX:+UseSerialGC", "-Xmx160m"));

  private static final Case WORKLOAD = Case.W3_F32;
  private static final double GOAL = 300;

  private Memory() {}

  /**
   * Returns three figures per contender of ours: with the default heap, with the serial collector,
   * and with little heap beside.
   *
   * @param peer what they are compared with; empty without one
   */
  public static List<Figure> run(List<Contender> ours, Optional<Contender> peer)
      throws IOException {
    double theirs = peer.isPresent() ? figure(peer.get(), Double.NaN).ours() : Double.NaN;
    List<Figure> figures = new ArrayList<>();
    for (Contender contender : ours) {
      for (List<String> heap : HEAPS) {
        figures.add(figure(contender.with(heap), theirs));
      }
    }
    figures.forEach(Figure::print);
    return figures;
  }

  private static Figure figure(Contender contender, double theirs) throws IOException {
    try (Child child = Child.start(contender, WORKLOAD, 1)) {
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
