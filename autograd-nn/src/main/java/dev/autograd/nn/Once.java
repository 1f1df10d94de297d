package dev.autograd.nn;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What maps the tensors of a model, and remembers what became of each tensor, layer and buffer, so
 * that what was shared before is shared afterwards, at any depth of layers in layers.
 */
final class Once implements UnaryOperator<Tensor> {

  private final UnaryOperator<Tensor> function;
  private final Map<Tensor, Tensor> tensors = new HashMap<>();
  private final IdentityHashMap<Layer, Layer> layers = new IdentityHashMap<>();
  private final IdentityHashMap<Buffer, Buffer> buffers = new IdentityHashMap<>();

  private Once(UnaryOperator<Tensor> function) {
    this.function = function;
  }

  /** Returns the function with a memory; the same one, if an outer layer gave it one already. */
  static Once of(UnaryOperator<Tensor> function) {
    return function instanceof Once once ? once : new Once(function);
  }

  @Override
  public Tensor apply(Tensor tensor) {
    Tensor known = tensors.get(tensor);
    if (known != null) {
      return known;
    }
    Tensor result = function.apply(tensor);
    tensors.put(tensor, result);
    return result;
  }

  /** Returns the layer over other tensors. */
  Layer layer(Layer layer) {
    Layer known = layers.get(layer);
    if (known != null) {
      return known;
    }
    Layer result = layer.map(this);
    layers.put(layer, result);
    return result;
  }

  /** Returns a buffer of its own for the mapped layer, with the current value in a type. */
  Buffer buffer(Buffer buffer, DType dtype) {
    return buffers.computeIfAbsent(buffer, own -> own.copy(dtype));
  }
}
