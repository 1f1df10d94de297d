package dev.autograd.nn.io;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a layer that is being read, by name; as {@link LayerFieldsWriter} wrote them. Each
 * is to be read: one that nobody asks for is an error, because ignoring it would make another layer
 * than was meant.
 */
public final class LayerFields {

  /** The field that names the type. */
  static final String TYPE = "type";

  /** The only field of a layer that is another one, whose path it is. */
  static final String SAME = "same";

  /** The field with the paths of tensors that are those of other layers, by name. */
  static final String TIED = "tied";

  private final Model model;
  private final String path;
  private final Map<?, ?> fields;
  private final Map<?, ?> ties;
  private final Set<String> read = new TreeSet<>(Set.of(TYPE));
  private final Set<String> tied = new TreeSet<>();

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

  /**
   * A model that is being read.
   *
   * @param file its name, for messages
   * @param source where tensors come from
   * @param tensors those that were read, by path
   * @param layers those that were read, by path
   */
  private record Model(
      LayerTypes types,
      String file,
      Tensors source,
      Map<String, Tensor> tensors,
      Map<String, Layer> layers) {}

  private LayerFields(Model model, String path, Map<?, ?> fields) {
    this.model = model;
    this.path = path;
    this.fields = fields;
    ties = fields.containsKey(TIED) ? require(TIED, Map.class, "paths by name") : Map.of();
  }

  /**
   * Returns the model that JSON describes.
   *
   * @throws FormatException if it describes none
   */
  static Layer read(LayerTypes types, String file, @Nullable Object json, Tensors source) {
    return read(new Model(types, file, source, new HashMap<>(), new HashMap<>()), "", json);
  }

  private static Layer read(Model model, String path, @Nullable Object json) {
    String place = place(model.file, path);
    if (!(json instanceof Map<?, ?> fields)) {
      throw new FormatException(place, "is no JSON object with a type and fields");
    }
    if (fields.keySet().equals(Set.of(SAME))) {
      return same(model, place, fields.get(SAME));
    }
    LayerType<?> type = model.types.named(fields.get(TYPE));
    if (type == null) {
      throw new FormatException(
          place,
          "the type is "
              + FormatException.quote(String.valueOf(fields.get(TYPE)))
              + "; known are "
              + model.types
              + ", and LayerTypes.with(…) adds others");
    }
    LayerFields reader = new LayerFields(model, path, fields);
    Layer layer;
    try {
      layer = type.read().apply(reader);
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new FormatException(place, String.valueOf(e.getMessage()), e);
    }
    reader.requireAllRead();
    model.layers.put(path, layer);
    return layer;
  }

  private static Layer same(Model model, String place, @Nullable Object other) {
    Layer layer = other instanceof String ? model.layers.get(other) : null;
    if (layer == null) {
      throw new FormatException(
          place,
          "is said to be the layer "
              + FormatException.quote(String.valueOf(other))
              + "; it must be one that comes before it");
    }
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
    for (Object name : ties.keySet()) {
      if (!tied.contains(name)) {
        throw new FormatException(
            place(),
            FormatException.quote((String) name) + " is tied, and no tensor of this layer");
      }
    }
  }

  private static String place(String file, String path) {
    return file + ", " + (path.isEmpty() ? "model" : "layer " + path);
  }

  private String place() {
    return place(model.file, path);
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
   * Returns several integers.
   *
   * @throws FormatException if there are none of that name
   */
  public int[] integers(String name) {
    List<?> list = require(name, List.class, "a list of integers");
    int[] integers = new int[list.size()];
    for (int i = 0; i < integers.length; i++) {
      if (!(list.get(i) instanceof Long value) || value != value.intValue()) {
        throw wrong(name, list, "a list of integers of 32 bits");
      }
      integers[i] = value.intValue();
    }
    return integers;
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
    return read(model, LayerFieldsWriter.join(path, name), json);
  }

  /**
   * Returns the layer of a class that was added under a name.
   *
   * @throws FormatException if there is none, or one of another class
   */
  public <L extends Layer> L layer(String name, Class<L> type) {
    Layer layer = layer(name);
    if (!type.isInstance(layer)) {
      throw wrong(name, model.types.of(path, layer).name(), "a layer of " + type.getName());
    }
    return type.cast(layer);
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
      layers.add(read(model, position, json));
    }
    return layers;
  }

  /**
   * Returns a tensor to be learnt, as a new parameter of that name; or, where it is tied, as the
   * parameter of the other layer.
   *
   * @throws FormatException if there is none in the file, or one of another type or shape
   */
  public Parameter parameter(String name, DType dtype, int... dims) {
    Tensor value = named(name, dtype, Shape.of(dims), fresh -> Parameter.of(name, fresh));
    if (!(value instanceof Parameter parameter)) {
      throw new FormatException(place(), "\"" + name + "\" is tied to a tensor that is not learnt");
    }
    return parameter;
  }

  /**
   * Returns a tensor that is not learnt.
   *
   * @throws FormatException if there is none in the file, or one of another type or shape
   */
  public Tensor tensor(String name, DType dtype, int... dims) {
    return named(name, dtype, Shape.of(dims), fresh -> fresh);
  }

  private Tensor named(String name, DType dtype, Shape shape, UnaryOperator<Tensor> make) {
    if (ties.containsKey(name)) {
      tied.add(name);
      return tied(name, dtype, shape, ties.get(name));
    }
    String full = LayerFieldsWriter.join(path, name);
    Tensor made = make.apply(model.source.tensor(place(), full, dtype, shape));
    model.tensors.put(full, made);
    return made;
  }

  private Tensor tied(String name, DType dtype, Shape shape, @Nullable Object other) {
    Tensor value = other instanceof String ? model.tensors.get(other) : null;
    if (value == null || value.dtype() != dtype || !value.shape().equals(shape)) {
      throw new FormatException(
          place(),
          "\""
              + name
              + "\" is tied to "
              + FormatException.quote(String.valueOf(other))
              + "; it must be a tensor of a layer before, "
              + dtype
              + shape);
    }
    return value;
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
