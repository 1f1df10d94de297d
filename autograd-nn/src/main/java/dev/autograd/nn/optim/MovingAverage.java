package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.Update;
import dev.autograd.nn.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Averages of parameters over time; see {@link Ema}. It changes in {@link #update} and {@link
 * #load} only, and belongs to one thread at a time.
 */
public final class MovingAverage {

  private final Ema settings;
  private final Map<Parameter, Parameter> averages = new LinkedHashMap<>();
  private final Parameter updates = Parameter.of("updates", Tensor.scalar(0));
  private final Parameters state;

  MovingAverage(Ema settings, Iterable<? extends Parameter> parameters) {
    this.settings = settings;
    Map<String, Parameter> remembered = new LinkedHashMap<>();
    remembered.put(updates.name(), updates);
    ParameterNames.of(parameters)
        .forEach(
            (name, parameter) -> {
              Parameter average = Parameter.of(parameter.name(), parameter);
              average.freeze();
              averages.put(parameter, average);
              remembered.put(name + ".average", average);
            });
    if (averages.isEmpty()) {
      throw new IllegalArgumentException("over: there are no parameters to average");
    }
    state = Parameters.of(remembered);
  }

  /** Moves all averages towards the present values, in place, in one pass each. */
  public void update() {
    long t = updates() + 1;
    double d = settings.decay();
    double share = settings.unbiased() ? (1 - d) / (1 - Math.pow(d, (double) t)) : 1 - d;
    List<Update> moves = new ArrayList<>(averages.size());
    // A descent with gradient p, decay -1 and rate -share: a - (p - a) (-share).
    averages.forEach((p, average) -> moves.add(Update.of(average, p, -share, -1)));
    Parameter.update(moves);
    updates.assign(Tensor.scalar((double) t));
  }

  /** Returns the number of updates so far. */
  public long updates() {
    return (long) updates.item();
  }

  /**
   * Returns the average of a parameter: frozen, with its name, and always the present average; any
   * other tensor itself. So {@code model.map(average::of)} is the averaged model, whose parameters
   * have the paths of the model's, and {@code
   * model.parameters().load(averaged.parameters().snapshot())} makes the averages the model's
   * values.
   */
  public Tensor of(Tensor tensor) {
    Parameter average = tensor instanceof Parameter parameter ? averages.get(parameter) : null;
    return average == null ? tensor : average;
  }

  /**
   * Returns a copy of what is remembered, by name: {@code "updates"}, and per parameter {@code path
   * + ".average"}.
   */
  public Map<String, Tensor> state() {
    return state.snapshot();
  }

  /**
   * Replaces what is remembered by copies. A state that does not fit changes nothing.
   *
   * @throws IllegalArgumentException if a name is missing, or there is one too many
   * @throws dev.autograd.ShapeException if a shape differs
   * @throws dev.autograd.DTypeException if an element type differs
   */
  public void load(Map<String, Tensor> values) {
    state.load(values);
  }
}
