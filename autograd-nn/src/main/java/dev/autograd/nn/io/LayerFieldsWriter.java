package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.nn.Buffer;
import dev.autograd.nn.Buffers;
import dev.autograd.nn.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a layer that is being written: each has a name, in the order they are added. Its
 * counterpart {@link LayerFields} has a method to read each kind.
 */
public final class LayerFieldsWriter {

  private final Model model;
  private final String path;
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, Object> ties = new LinkedHashMap<>();

  /** The buffers of the layers inside this one. */
  private final Set<Buffer> below = new HashSet<>();

  /**
   * A model that is being written.
   *
   * @param tensors what was written of it, by path
   * @param paths the first path of each tensor, and of each layer that holds any, and of each
   *     buffer the path of its layer
   */
  private record Model(LayerTypes types, Map<String, Tensor> tensors, Map<Object, String> paths) {}

  private LayerFieldsWriter(Model model, String path) {
    this.model = model;
    this.path = path;
  }

  /** Returns a model as JSON, and adds its tensors by path. */
  static Map<String, Object> write(LayerTypes types, Layer layer, Map<String, Tensor> tensors) {
    return write(new Model(types, tensors, new IdentityHashMap<>()), "", layer);
  }

  private static Map<String, Object> write(Model model, String path, Layer layer) {
    LayerType<?> type = model.types.of(path, layer);
    if (layer.parameters().size() + layer.buffers().size() > 0) {
      String first = model.paths.putIfAbsent(layer, path);
      if (first != null) {
        return Map.of(LayerFields.SAME, first);
      }
    }
    LayerFieldsWriter writer = new LayerFieldsWriter(model, path);
    writer.put(LayerFields.TYPE, type.name());
    type.write(layer, writer);
    writer.requireOwn(layer.buffers());
    return writer.fields;
  }

  /** Refuses a buffer of another layer, which only one layer in two places can have. */
  private void requireOwn(Buffers buffers) {
    for (Buffer buffer : buffers) {
      if (!below.contains(buffer)) {
        String first = model.paths.putIfAbsent(buffer, path);
        if (first != null) {
          throw new IllegalArgumentException(
              place(path)
                  + ": its buffer \""
                  + buffer.name()
                  + "\" is that of "
                  + place(first)
                  + ", which is another layer; a file cannot say so, so use one layer in both places");
        }
      }
    }
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

  /** Adds several integers, in order. */
  public LayerFieldsWriter integers(String name, int... values) {
    return put(name, Arrays.stream(values).mapToObj(Long::valueOf).toList());
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
    return put(name, write(name, value));
  }

  /** Adds layers inside this one, whose paths are their positions. */
  public LayerFieldsWriter layers(String name, List<? extends Layer> values) {
    List<Object> written = new ArrayList<>();
    for (Layer value : values) {
      written.add(write(Integer.toString(written.size()), value));
    }
    return put(name, written);
  }

  private Map<String, Object> write(String name, Layer inside) {
    inside.buffers().forEach(below::add);
    return write(model, join(path, name), inside);
  }

  /**
   * Adds a tensor of this layer, learnt or not, whose numbers go into the file of weights and not
   * into the configuration. One that another layer added before is written as a tie to it, so that
   * both have the same again.
   *
   * @throws IllegalArgumentException if another field has the same path
   */
  public LayerFieldsWriter tensor(String name, Tensor value) {
    String full = join(path, name);
    String first = model.paths.putIfAbsent(value, full);
    if (first == null) {
      requireFree(full, model.tensors.put(full, value) == null);
    } else {
      requireFree(full, ties.put(name, first) == null && !first.equals(full));
      fields.put(LayerFields.TIED, ties);
    }
    return this;
  }

  private static void requireFree(String full, boolean isFree) {
    if (!isFree) {
      throw new IllegalArgumentException(
          "two tensors have the path \"" + full + "\"; give them different names");
    }
  }

  private LayerFieldsWriter put(String name, Object value) {
    if (name.equals(LayerFields.TIED) || name.equals(LayerFields.SAME)) {
      throw new IllegalArgumentException(
          "field \""
              + name
              + "\" of "
              + place(path)
              + " has a meaning already; choose another name");
    }
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
