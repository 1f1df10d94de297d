package dev.autograd.nn.train;

import dev.autograd.Tensor;
import dev.autograd.nn.Layer;
import dev.autograd.nn.optim.MovingAverage;
import dev.autograd.nn.optim.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Things that have a state of named tensors, each under a prefix of its own. Immutable; {@link
 * #load} changes the things.
 */
final class StateParts {

  private static final int MOST_LISTED = 3;

  private record Part(
      String prefix, Supplier<Map<String, Tensor>> state, Consumer<Map<String, Tensor>> load) {}

  private final List<Part> parts;

  private StateParts(List<Part> parts) {
    this.parts = parts;
  }

  /** Returns a model's parameters and buffers. */
  static StateParts ofModel(Layer model) {
    return new StateParts(List.of())
        .and("model", model.parameters()::snapshot, model.parameters()::load)
        .and("buffers", model.buffers()::snapshot, model.buffers()::load);
  }

  StateParts and(
      String prefix, Supplier<Map<String, Tensor>> state, Consumer<Map<String, Tensor>> load) {
    List<Part> all = new ArrayList<>(parts);
    all.add(new Part(prefix + ".", state, load));
    return new StateParts(all);
  }

  StateParts and(Optimizer optimizer) {
    return and("optimizer", optimizer::state, optimizer::load);
  }

  StateParts and(Optional<MovingAverage> average) {
    return average.map(a -> and("average", a::state, a::load)).orElse(this);
  }

  /** Returns copies of all values, by prefix and name. */
  Map<String, Tensor> snapshot() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    parts.forEach(
        part -> part.state().get().forEach((name, value) -> all.put(part.prefix() + name, value)));
    return all;
  }

  /** Returns whether a name has the prefix of one of these. */
  boolean contain(String name) {
    return parts.stream().anyMatch(part -> name.startsWith(part.prefix()));
  }

  /** Replaces all values; of the given ones, those with another prefix are ignored. */
  void load(Map<String, Tensor> values) {
    parts.forEach(part -> part.load().accept(below(part.prefix(), values)));
  }

  /** Returns the values whose names begin with a prefix, without it. */
  static Map<String, Tensor> below(String prefix, Map<String, Tensor> values) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), value);
          }
        });
    return own;
  }

  /**
   * Finds out whether values fit.
   *
   * @param place where they come from, for messages
   * @throws IllegalArgumentException if a name is missing or one too many, or a shape or an element
   *     type differs; the message says which
   */
  void requireFits(String place, Map<String, Tensor> values) {
    Map<String, Tensor> current = snapshot();
    List<String> differences = new ArrayList<>();
    current.forEach(
        (name, tensor) -> {
          Tensor given = values.get(name);
          if (given == null) {
            differences.add("\"" + name + "\" is not in the file");
          } else if (!describe(given).equals(describe(tensor))) {
            differences.add(
                "\""
                    + name
                    + "\" is "
                    + describe(tensor)
                    + " here and "
                    + describe(given)
                    + " in the file");
          }
        });
    values.keySet().stream()
        .filter(name -> !current.containsKey(name))
        .filter(this::contain)
        .forEach(name -> differences.add("\"" + name + "\" is in the file only"));
    if (!differences.isEmpty()) {
      int more = differences.size() - MOST_LISTED;
      throw new IllegalArgumentException(
          place
              + ": is of another model or optimiser: "
              + String.join(", ", differences.subList(0, Math.min(MOST_LISTED, differences.size())))
              + (more > 0 ? " and " + more + " more differences" : "")
              + "; nothing was changed. Build what was saved, or choose another file");
    }
  }

  private static String describe(Tensor tensor) {
    return tensor.dtype().toString() + tensor.shape();
  }
}
