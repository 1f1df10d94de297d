package dev.autograd.nn.io;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a layer that is being read, by name; as {@link LayerFieldsWriter} wrote them. Each
 * is to be read: one that nobody asks for is an error, because ignoring it would make another layer
 * than was meant.
 */
public final class LayerFields {

  /** The field that names the type. */
  static final String TYPE = "type";

  private final LayerTypes types;
  private final String file;
  private final String path;
  private final Map<?, ?> fields;
  private final Tensors tensors;
  private final Set<String> read = new TreeSet<>(Set.of(TYPE));

  /** Where the tensors of the layers come from. */
  @FunctionalInterface
  interface Tensors {

    /**
     * Returns a tensor that belongs to no tape.
     *
     * @param place the layer, for messages
     */
    Tensor tensor(String place, String name, DType dtype, Shape shape);
  }

  private LayerFields(
      LayerTypes types, String file, String path, Map<?, ?> fields, Tensors tensors) {
    this.types = types;
    this.file = file;
    this.path = path;
    this.fields = fields;
    this.tensors = tensors;
  }

  /**
   * Returns the layer that JSON describes.
   *
   * @throws FormatException if it describes none
   */
  static Layer read(
      LayerTypes types, String file, String path, @Nullable Object json, Tensors tensors) {
    String place = place(file, path);
    if (!(json instanceof Map<?, ?> fields)) {
      throw new FormatException(place, "is no JSON object with a type and fields");
    }
    LayerType<?> type = types.named(fields.get(TYPE));
    if (type == null) {
      throw new FormatException(
          place,
          "the type is "
              + FormatException.quote(String.valueOf(fields.get(TYPE)))
              + "; known are "
              + types
              + ", and LayerTypes.with(…) adds others");
    }
    LayerFields reader = new LayerFields(types, file, path, fields, tensors);
    Layer layer;
    try {
      layer = type.read().apply(reader);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FormatException(place, String.valueOf(e.getMessage()), e);
    }
    reader.requireAllRead();
    return layer;
  }

  private void requireAllRead() {
    for (Object name : fields.keySet()) {
      if (!read.contains(name)) {
        throw new FormatException(
            place(),
            "the field " + FormatException.quote((String) name) + " is unknown; it has " + read);
      }
    }
  }

  private static String place(String file, String path) {
    return file + ", " + (path.isEmpty() ? "model" : "layer " + path);
  }

  private String place() {
    return place(file, path);
  }

  // ---------------------------------------------------------------- fields

  /** Returns whether there is a field, which need then not be read. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /**
   * Returns an integer.
   *
   * @throws FormatException if there is none of that name
   */
  public long integer(String name) {
    return require(name, Long.class, "an integer");
  }

  /**
   * Returns an integer from 0 to the most that an axis can have.
   *
   * @throws FormatException if there is none of that name
   */
  public int size(String name) {
    long size = integer(name);
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw wrong(name, size, "from 0 to " + Integer.MAX_VALUE);
    }
    return (int) size;
  }

  /**
   * Returns a number.
   *
   * @throws FormatException if there is none of that name
   */
  public double number(String name) {
    return require(name, Number.class, "a number").doubleValue();
  }

  /**
   * Returns a text.
   *
   * @throws FormatException if there is none of that name
   */
  public String text(String name) {
    return require(name, String.class, "a text");
  }

  /**
   * Returns a truth value.
   *
   * @throws FormatException if there is none of that name
   */
  public boolean flag(String name) {
    return require(name, Boolean.class, "true or false");
  }

  /**
   * Returns a constant of an enum.
   *
   * @throws FormatException if there is none of that name
   */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.toString().equals(text)) {
        return constant;
      }
    }
    throw wrong(name, text, "one of " + Arrays.toString(type.getEnumConstants()));
  }

  /**
   * Returns the layer that was added under a name.
   *
   * @throws FormatException if there is none
   */
  public Layer layer(String name) {
    Object json = require(name, Object.class, "a layer");
    return read(types, file, LayerFieldsWriter.join(path, name), json, tensors);
  }

  /**
   * Returns the layers that were added under a name.
   *
   * @throws FormatException if there are none
   */
  public List<Layer> layers(String name) {
    List<Layer> layers = new ArrayList<>();
    for (Object json : require(name, List.class, "a list of layers")) {
      String position = LayerFieldsWriter.join(path, Integer.toString(layers.size()));
      layers.add(read(types, file, position, json, tensors));
    }
    return layers;
  }

  /**
   * Returns a tensor to be learnt, as a new parameter of that name.
   *
   * @throws FormatException if there is none in the file, or one of another type or shape
   */
  public Parameter parameter(String name, DType dtype, int... dims) {
    return Parameter.of(name, tensor(name, dtype, dims));
  }

  /**
   * Returns a tensor that is not learnt.
   *
   * @throws FormatException if there is none in the file, or one of another type or shape
   */
  public Tensor tensor(String name, DType dtype, int... dims) {
    return tensors.tensor(place(), LayerFieldsWriter.join(path, name), dtype, Shape.of(dims));
  }

  private <T> T require(String name, Class<T> type, String kind) {
    read.add(name);
    Object value = fields.get(name);
    if (value == null) {
      throw new FormatException(place(), "the field \"" + name + "\" is missing; it is " + kind);
    }
    if (!type.isInstance(value)) {
      throw wrong(name, value, kind);
    }
    return type.cast(value);
  }

  private FormatException wrong(String name, Object value, String wanted) {
    return new FormatException(
        place(),
        "the field \""
            + name
            + "\" is "
            + FormatException.quote(value.toString())
            + "; it must be "
            + wanted);
  }
}
