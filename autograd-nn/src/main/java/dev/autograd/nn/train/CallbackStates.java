package dev.autograd.nn.train;

import dev.autograd.Tensor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the callbacks of a run remember, each under its name. */
final class CallbackStates {

  /** What the names of all their tensors begin with. */
  static final String PREFIX = "callbacks.";

  private final Map<String, Callback> byName;

  private CallbackStates(Map<String, Callback> byName) {
    this.byName = byName;
  }

  /**
   * Returns the states of those callbacks that may have one.
   *
   * @throws IllegalArgumentException if their names do not tell them apart
   */
  static CallbackStates of(List<Callback> callbacks) {
    Map<String, Callback> byName = new LinkedHashMap<>();
    for (Callback callback : callbacks) {
      if (mayHaveState(callback)) {
        String name = callback.name();
        byName.keySet().forEach(other -> requireApart(name, other));
        byName.put(name, callback);
      }
    }
    return new CallbackStates(byName);
  }

  /** Returns whether the class says so: a state may be empty at first, and come later. */
  private static boolean mayHaveState(Callback callback) {
    return Arrays.stream(callback.getClass().getMethods())
        .filter(method -> method.getName().equals("state") && method.getParameterCount() == 0)
        .map(Method::getDeclaringClass)
        .anyMatch(declaring -> declaring != Callback.class);
  }

  private static void requireApart(String name, String other) {
    if (name.equals(other)) {
      throw new IllegalArgumentException(
          "Trainer: two callbacks are called \""
              + name
              + "\" and have a state; override name() of one");
    }
    if (name.startsWith(other + ".") || other.startsWith(name + ".")) {
      throw new IllegalArgumentException(
          "Trainer: the callbacks \""
              + other
              + "\" and \""
              + name
              + "\" have a state, and with a dot after it one name begins the other; override"
              + " name() of one");
    }
  }

  /** Returns all that is remembered, by prefix, callback and name. */
  Map<String, Tensor> snapshot() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    byName.forEach(
        (name, callback) ->
            callback.state().forEach((what, value) -> all.put(PREFIX + name + "." + what, value)));
    return all;
  }

  /**
   * Replaces what each callback remembers, or nothing if one is missing in the values, or refuses
   * its own.
   *
   * @param values of which those with another prefix are ignored
   * @throws IllegalArgumentException if callbacks are missing here or there; the message says which
   */
  void load(Map<String, Tensor> values) {
    Map<String, Tensor> left = StateParts.below(PREFIX, values);
    Map<Callback, Map<String, Tensor>> given = new LinkedHashMap<>();
    Map<Callback, Map<String, Tensor>> before = new LinkedHashMap<>();
    byName.forEach(
        (name, callback) -> {
          Map<String, Tensor> own = StateParts.below(name + ".", left);
          left.keySet().removeIf(key -> key.startsWith(name + "."));
          before.put(callback, callback.state());
          if (!own.isEmpty()) {
            given.put(callback, own);
          } else if (!callback.state().isEmpty()) {
            throw new IllegalArgumentException(
                "there is nothing of the callback \"" + name + "\" in the file");
          }
        });
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "the file has " + left.keySet() + " of callbacks that are not here");
    }
    load(given, before);
  }

  private static void load(
      Map<Callback, Map<String, Tensor>> given, Map<Callback, Map<String, Tensor>> before) {
    List<Callback> begun = new ArrayList<>();
    try {
      given.forEach(
          (callback, own) -> {
            begun.add(callback);
            callback.load(own);
          });
    } catch (RuntimeException e) {
      begun.forEach(callback -> restore(callback, before, e));
      throw e;
    }
  }

  private static void restore(
      Callback callback, Map<Callback, Map<String, Tensor>> before, RuntimeException reason) {
    try {
      callback.load(before.getOrDefault(callback, Map.of()));
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }
}
