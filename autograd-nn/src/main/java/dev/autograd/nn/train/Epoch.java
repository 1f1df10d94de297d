package dev.autograd.nn.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is recorded of an epoch.
 *
 * @param number from 1
 * @param steps the number of steps up to its end
 * @param loss the mean over its rows of the losses, each taken before the step of its batch
 * @param measures what the validation has measured at its end, by name, in order
 * @param lr the learning rate that the next step was to have at its end
 * @param seconds how long it took, with its validation
 */
public record Epoch(
    int number, long steps, double loss, Map<String, Double> measures, double lr, double seconds) {

  /** The name of the number. */
  static final String NUMBER = "epoch";

  /** The name of the number of steps. */
  static final String STEPS = "steps";

  /** The name of the loss, also among the values. */
  static final String LOSS = "loss";

  /** The name of the learning rate, also among the values. */
  static final String RATE = "lr";

  /** The name of the time. */
  static final String SECONDS = "seconds";

  /** The names of all columns but the measures. */
  static final List<String> COLUMNS = List.of(NUMBER, STEPS, LOSS, RATE, SECONDS);

  /** The names of all values but the measures. */
  static final List<String> VALUES = List.of(LOSS, RATE);

  /** Copies the map, in its order. */
  public Epoch {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }

  /**
   * Returns a value by its name: {@code "loss"}, {@code "lr"}, or that of a measure.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double value(String name) {
    if (name.equals(LOSS)) {
      return loss;
    }
    if (name.equals(RATE)) {
      return lr;
    }
    Double measured = measures.get(name);
    if (measured == null) {
      List<String> known = new ArrayList<>(VALUES);
      known.addAll(measures.keySet());
      throw new IllegalArgumentException(
          "there is no value \"" + name + "\" of an epoch; there are " + known);
    }
    return measured;
  }
}
