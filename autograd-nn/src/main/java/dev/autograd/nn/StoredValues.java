package dev.autograd.nn;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Values that are saved by path and read back, all of them or none. */
final class StoredValues {

  private StoredValues() {}

  /** Returns a copy that belongs to no tape, as factories make them. */
  static Tensor copy(Tensor value) {
    return value.dtype() == DType.F32
        ? Tensor.wrap(value.shape(), value.toFloatArray())
        : Tensor.wrap(value.shape(), value.toDoubleArray());
  }

  /**
   * Returns copies of given values that are to replace others, after all of them were found to fit.
   *
   * @throws IllegalArgumentException if a path is missing, or there is one too many
   * @throws ShapeException if a shape differs
   * @throws DTypeException if an element type differs
   */
  static Map<String, Tensor> replacing(
      Map<String, ? extends Tensor> current, Map<String, Tensor> given) {
    requireSamePaths(current.keySet(), given.keySet());
    Map<String, Tensor> copies = new LinkedHashMap<>();
    current.forEach(
        (path, before) -> {
          Tensor value = Objects.requireNonNull(given.get(path));
          requireFits("load", path, before, value);
          copies.put(path, copy(value));
        });
    return copies;
  }

  private static void requireSamePaths(Set<String> known, Set<String> given) {
    Set<String> missing = new LinkedHashSet<>(known);
    missing.removeAll(given);
    Set<String> unknown = new LinkedHashSet<>(given);
    unknown.removeAll(known);
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "load: the names do not fit: missing are "
              + missing
              + ", unknown are "
              + unknown
              + "; nothing was changed");
    }
  }

  static void requireFits(String asked, String path, Tensor current, Tensor given) {
    if (!given.shape().equals(current.shape())) {
      throw new ShapeException(
          asked
              + ": \""
              + path
              + "\" is "
              + current.shape()
              + " and the given value "
              + given.shape()
              + "; nothing was changed");
    }
    if (given.dtype() != current.dtype()) {
      throw new DTypeException(
          asked
              + ": \""
              + path
              + "\" is "
              + current.dtype()
              + " and the given value "
              + given.dtype()
              + ", convert it with to("
              + current.dtype()
              + "); nothing was changed");
    }
  }
}
