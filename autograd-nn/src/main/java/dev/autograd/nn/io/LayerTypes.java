package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of layers that models in files may consist of, and with them the configuration of a
 * model as JSON: which layers, in what order, of what sizes. Immutable; {@link #with} adds yours.
 *
 * <pre>{@code
 * {"format":"autograd model","version":1,"model":
 *   {"type":"Sequential","layers":[
 *     {"type":"Dense","in":2,"out":16,"dtype":"F64","activation":"tanh"},
 *     {"type":"Dropout","probability":0.5,"seed":7},
 *     {"type":"Dense","in":16,"out":1,"dtype":"F64","activation":"identity"}]}}
 * }</pre>
 *
 * <p>Where a layer occurs twice, its second place is {@code {"same":"0"}}, the path of the first.
 * Where layers share a tensor, the later one has a field {@code "tied":{"weight":"0.weight"}}.
 *
 * <p>A lambda or a method reference has no name and cannot be written: {@link ActivationLayer} has
 * layers for the usual ones.
 */
public final class LayerTypes {

  private static final String FORMAT = "autograd model";
  private static final long VERSION = 1;

  private static final LayerTypes STANDARD = standardTypes();

  private final List<LayerType<?>> types;

  private LayerTypes(List<LayerType<?>> types) {
    this.types = types;
  }

  private static LayerTypes standardTypes() {
    LayerTypes all = new LayerTypes(List.of());
    for (LayerType<?> type : StandardLayers.types()) {
      all = all.with(type);
    }
    for (LayerType<?> type : SequenceLayers.types()) {
      all = all.with(type);
    }
    return all;
  }

  /** Returns the layers of this library. */
  public static LayerTypes standard() {
    return STANDARD;
  }

  /**
   * Returns these and another one.
   *
   * @throws IllegalArgumentException if the name or the class is taken
   */
  public LayerTypes with(LayerType<?> type) {
    for (LayerType<?> known : types) {
      if (known.name().equals(type.name()) || known.layer() == type.layer()) {
        throw new IllegalArgumentException(
            "with: \""
                + type.name()
                + "\" for "
                + type.layer().getName()
                + " is taken by \""
                + known.name()
                + "\" for "
                + known.layer().getName()
                + "; each name and each class can be there once");
      }
    }
    List<LayerType<?>> all = new ArrayList<>(types);
    all.add(type);
    return new LayerTypes(List.copyOf(all));
  }

  // ---------------------------------------------------------------- models as JSON

  /**
   * Returns the configuration of a model as one line of JSON, without its numbers.
   *
   * @throws IllegalArgumentException if a layer's class is unknown, or it has a parameter that is
   *     none of its fields
   */
  public String toJson(Layer model) {
    return toJson(model, new LinkedHashMap<>());
  }

  /** Returns the configuration of a model, and adds its tensors by path. */
  String toJson(Layer model, Map<String, Tensor> tensors) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    json.put("model", LayerFieldsWriter.write(this, model, tensors));
    requireAll(model.parameters(), tensors);
    return Json.text(json);
  }

  private static void requireAll(Parameters parameters, Map<String, Tensor> tensors) {
    for (String path : parameters.paths()) {
      if (!tensors.containsValue(parameters.byPath(path))) {
        throw new IllegalArgumentException(
            "parameter \""
                + path
                + "\" is none of the fields that its layer's type writes; add it with tensor(…)");
      }
    }
  }

  /**
   * Returns the model of a configuration. Its parameters are zeros, to be loaded or initialised,
   * and its buffers are new; as many as the text says, so take only one that you trust. {@link
   * ModelFile} compares it with the tensors in the file.
   *
   * @throws FormatException if the text is no configuration, or has an unknown layer
   */
  public Layer fromJson(String json) {
    return fromJson("configuration", json, (place, name, dtype, shape) -> zeros(dtype, shape));
  }

  private static Tensor zeros(DType dtype, Shape shape) {
    return Tensor.zeros(dtype, shape.toArray());
  }

  /** Returns the model of a configuration with tensors from a source. */
  Layer fromJson(String place, String text, LayerFields.Tensors tensors) {
    if (!(Json.parse(place, text) instanceof Map<?, ?> json)
        || !FORMAT.equals(json.get("format"))) {
      throw new FormatException(
          place, "is no model; it must be a JSON object with \"format\":\"" + FORMAT + "\"");
    }
    if (!Long.valueOf(VERSION).equals(json.get("version"))) {
      throw new FormatException(
          place,
          "is of version "
              + json.get("version")
              + "; this release reads version "
              + VERSION
              + ", so take a newer one");
    }
    return LayerFields.read(this, place, json.get("model"), tensors);
  }

  /**
   * Returns how a layer is written.
   *
   * @throws IllegalArgumentException if its class is unknown
   */
  LayerType<?> of(String path, Layer layer) {
    for (LayerType<?> type : types) {
      if (type.layer() == layer.getClass()) {
        return type;
      }
    }
    String place = LayerFieldsWriter.place(path);
    throw new IllegalArgumentException(
        layer.getClass().isSynthetic()
            ? place
                + " is a lambda or a method reference, which has no name that could be written; use"
                + " an ActivationLayer, or a class of your own"
            : place
                + " is of "
                + layer.getClass().getName()
                + ", which has no type here; add one with LayerTypes.with(LayerType.of(…))");
  }

  /** Returns the classes that have a type. */
  List<Class<?>> classes() {
    return types.stream().<Class<?>>map(LayerType::layer).toList();
  }

  /** Returns the type of a name, or null. */
  @Nullable LayerType<?> named(@Nullable Object name) {
    return types.stream().filter(type -> type.name().equals(name)).findFirst().orElse(null);
  }

  /** Returns the names of the types. */
  @Override
  public String toString() {
    return types.stream().map(LayerType::name).toList().toString();
  }
}
