package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.nn.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a layer that is being written: each has a name, in the order they are added. Its
 * counterpart {@link LayerFields} has a method to read each kind.
 */
public final class LayerFieldsWriter {

  private final LayerTypes types;
  private final String path;
  private final Map<String, Tensor> tensors;
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private LayerFieldsWriter(LayerTypes types, String path, Map<String, Tensor> tensors) {
    this.types = types;
    this.path = path;
    this.tensors = tensors;
  }

  /** Returns a layer as JSON, and adds its tensors by path. */
  static Map<String, Object> write(
      LayerTypes types, String path, Layer layer, Map<String, Tensor> tensors) {
    LayerType<?> type = types.of(path, layer);
    LayerFieldsWriter writer = new LayerFieldsWriter(types, path, tensors);
    writer.put(LayerFields.TYPE, type.name());
    type.write(layer, writer);
    return writer.fields;
  }

  /** Adds an integer. */
  public LayerFieldsWriter integer(String name, long value) {
    return put(name, value);
  }

  /**
   * Adds a number.
   *
   * @throws IllegalArgumentException if it is NaN or infinite, which JSON has not
   */
  public LayerFieldsWriter number(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "field \""
              + name
              + "\" of "
              + place(path)
              + " is "
              + value
              + "; JSON has no such number");
    }
    return put(name, value);
  }

  /** Adds a text. */
  public LayerFieldsWriter text(String name, String value) {
    return put(name, value);
  }

  /** Adds a truth value. */
  public LayerFieldsWriter flag(String name, boolean value) {
    return put(name, value);
  }

  /** Adds a constant of an enum, as its {@code toString()}. */
  public LayerFieldsWriter choice(String name, Enum<?> value) {
    return put(name, value.toString());
  }

  /** Adds a layer inside this one, whose path is the name. */
  public LayerFieldsWriter layer(String name, Layer value) {
    return put(name, write(types, join(path, name), value, tensors));
  }

  /** Adds layers inside this one, whose paths are their positions. */
  public LayerFieldsWriter layers(String name, List<? extends Layer> values) {
    List<Object> written = new ArrayList<>();
    for (Layer value : values) {
      written.add(write(types, join(path, Integer.toString(written.size())), value, tensors));
    }
    return put(name, written);
  }

  /**
   * Adds a tensor of this layer, learnt or not, whose numbers go into the file of weights and not
   * into the configuration.
   *
   * @throws IllegalArgumentException if another field is the same tensor, or has the same path
   */
  public LayerFieldsWriter tensor(String name, Tensor value) {
    String full = join(path, name);
    tensors.forEach((other, tensor) -> requireOther(full, other, tensor == value));
    tensors.put(full, value);
    return this;
  }

  private static void requireOther(String full, String other, boolean same) {
    if (full.equals(other)) {
      throw new IllegalArgumentException(
          "two tensors have the path \"" + full + "\"; give them different names");
    }
    if (same) {
      throw new IllegalArgumentException(
          "\""
              + other
              + "\" and \""
              + full
              + "\" are one tensor, and a file of a model cannot say so; save the weights alone, with"
              + " Weights");
    }
  }

  private LayerFieldsWriter put(String name, Object value) {
    if (fields.put(name, value) != null) {
      throw new IllegalArgumentException(
          "field \"" + name + "\" of " + place(path) + " is added twice; names must differ");
    }
    return this;
  }

  /** Returns a layer's place in words. */
  static String place(String path) {
    return path.isEmpty() ? "the model" : "layer " + path;
  }

  /** Returns the path of what is called {@code name} in a layer. */
  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
