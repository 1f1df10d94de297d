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

  /** The name of the loss among the values. */
  static final String LOSS = "loss";

  /** The name of the learning rate among the values. */
  static final String RATE = "lr";

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
      List<String> known = new ArrayList<>(List.of(LOSS, RATE));
      known.addAll(measures.keySet());
      throw new IllegalArgumentException(
          "there is no value \"" + name + "\" of an epoch; there are " + known);
    }
    return measured;
  }
}
