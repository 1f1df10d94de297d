package dev.autograd.check;

import dev.autograd.Inspection;
import java.util.Set;

/** A function in which {@code detach()} and {@code noGrad} stop no gradient. */
final class ThroughStops implements Subject {

  private final Subject subject;
  private final Set<String> stops;

  /**
   * Makes it.
   *
   * @param stops gets the lines at which a gradient would have been stopped
   */
  ThroughStops(Subject subject, Set<String> stops) {
    this.subject = subject;
    this.stops = stops;
  }

  @Override
  public Run run(double[][] values) {
    return Inspection.throughStops(stops::add, () -> subject.run(values));
  }

  @Override
  public void disturb(double[][] values) {
    subject.disturb(values);
  }
}
