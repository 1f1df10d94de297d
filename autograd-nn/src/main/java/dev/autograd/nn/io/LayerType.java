package dev.autograd.nn.io;

import dev.autograd.nn.Layer;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How layers of a class are written and read: their name in a file, their fields, and how one is
 * made of them.
 *
 * <pre>{@code
 * LayerType<Scale> scale =
 *     LayerType.of(
 *         "Scale",
 *         Scale.class,
 *         (layer, fields) -> fields.integer("size", layer.size()).tensor("factor", layer.factor()),
 *         fields -> new Scale(fields.parameter("factor", DType.F64, fields.size("size"))));
 * ModelFile.save(file, model, LayerTypes.standard().with(scale));
 * }</pre>
 *
 * @param name what the file calls it
 * @param layer the class, exactly: a subclass is another one
 * @param write adds the fields of a layer
 * @param read makes a layer of its fields
 */
public record LayerType<L extends Layer>(
    String name,
    Class<L> layer,
    BiConsumer<L, LayerFieldsWriter> write,
    Function<LayerFields, L> read) {

  /** Returns how layers of a class are written and read. */
  public static <L extends Layer> LayerType<L> of(
      String name,
      Class<L> layer,
      BiConsumer<L, LayerFieldsWriter> write,
      Function<LayerFields, L> read) {
    return new LayerType<>(name, layer, write, read);
  }

  /** Adds the fields of a layer of this class. */
  void write(Layer one, LayerFieldsWriter fields) {
    write.accept(layer.cast(one), fields);
  }
}
