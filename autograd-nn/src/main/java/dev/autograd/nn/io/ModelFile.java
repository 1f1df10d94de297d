package dev.autograd.nn.io;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.Buffer;
import dev.autograd.nn.Buffers;
import dev.autograd.nn.Layer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model in a file: its configuration and its numbers together, so that neither is there without
 * the other. It is a safetensors file of parameters and buffers by path, with the configuration as
 * JSON among its texts, and a checksum; other programs read the weights from it as from any.
 *
 * <pre>{@code
 * ModelFile.save(file, model);
 * Layer again = ModelFile.load(file);
 * }</pre>
 *
 * <p>{@link LayerTypes} says which layers there can be. What layers share is shared again. What
 * training knows beyond the model is not kept: an optimiser's memory, what is frozen.
 */
public final class ModelFile {

  /** The name of the text that the configuration is. */
  static final String CONFIGURATION = "autograd.model";

  private ModelFile() {}

  /**
   * Writes a model of the library's layers, whole or not at all.
   *
   * @throws IllegalArgumentException if a layer is none of the library's
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void save(Path file, Layer model) {
    save(file, model, LayerTypes.standard());
  }

  /**
   * Writes a model, whole or not at all.
   *
   * @throws IllegalArgumentException if a layer has no type, or a parameter and a buffer have the
   *     same path
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void save(Path file, Layer model, LayerTypes types) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    String configuration = types.toJson(model, tensors);
    model.buffers().snapshot().forEach((path, value) -> putBuffer(tensors, path, value));
    Safetensors.writeChecked(file, tensors, Map.of(CONFIGURATION, configuration));
  }

  private static void putBuffer(Map<String, Tensor> tensors, String path, Tensor value) {
    Tensor other = tensors.putIfAbsent(path, value);
    if (other != null) {
      throw new IllegalArgumentException(
          "the path \""
              + path
              + "\" is that of a parameter of shape "
              + other.shape()
              + " and of a buffer of shape "
              + value.shape()
              + "; rename one of them");
    }
  }

  /**
   * Returns a model of the library's layers, with new parameters.
   *
   * @throws FormatException if the file holds no such model, or is damaged
   * @throws UncheckedIOException if it cannot be read
   */
  public static Layer load(Path file) {
    return load(file, LayerTypes.standard());
  }

  /**
   * Returns a model with new parameters.
   *
   * @throws FormatException if the file is damaged, or holds no model, a layer of an unknown type,
   *     or other tensors than its layers say
   * @throws UncheckedIOException if it cannot be read
   */
  public static Layer load(Path file, LayerTypes types) {
    try (Safetensors opened = Safetensors.open(file)) {
      opened.verify();
      String configuration = opened.metadata().get(CONFIGURATION);
      if (configuration == null) {
        throw new FormatException(
            file.toString(),
            "holds weights and no model; build the model, and take them with Weights.load");
      }
      Set<String> left = new TreeSet<>(opened.names());
      Layer model =
          types.fromJson(
              file.toString(),
              configuration,
              (place, name, dtype, shape) -> {
                left.remove(name);
                return tensor(opened, place, name, dtype, shape);
              });
      loadBuffers(opened, file.toString(), model.buffers(), left);
      if (!left.isEmpty()) {
        throw new FormatException(
            file.toString(),
            "holds tensors that belong to no layer: " + FormatException.quote(left.toString()));
      }
      return model;
    }
  }

  private static void loadBuffers(
      Safetensors file, String place, Buffers buffers, Set<String> left) {
    for (String path : buffers.paths()) {
      Buffer buffer = buffers.byPath(path);
      if (left.remove(path) || !buffer.isRunState()) {
        buffer.assign(tensor(file, place, path, buffer.dtype(), buffer.shape()));
      }
    }
  }

  private static Tensor tensor(
      Safetensors file, String place, String name, DType dtype, Shape shape) {
    if (!file.names().contains(name)) {
      throw new FormatException(
          place, "the file holds no tensor " + FormatException.quote(name) + "; write it again");
    }
    if (file.dtype(name) != dtype || !file.shape(name).equals(shape)) {
      throw new FormatException(
          place,
          "the tensor "
              + FormatException.quote(name)
              + " is "
              + file.dtype(name)
              + file.shape(name)
              + ", and should be "
              + dtype
              + shape);
    }
    return file.tensor(name);
  }
}
