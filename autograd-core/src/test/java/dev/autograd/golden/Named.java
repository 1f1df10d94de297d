package dev.autograd.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Things by name, in the order they came; asking for a name that is not there is an error. */
final class Named<T> {

  private final Map<String, T> entries = new LinkedHashMap<>();

  void put(String name, T entry) {
    entries.put(name, entry);
  }

  T of(String name) {
    T entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no " + name + " among " + entries.keySet());
    }
    return entry;
  }

  void forEach(BiConsumer<String, T> action) {
    entries.forEach(action);
  }
}
