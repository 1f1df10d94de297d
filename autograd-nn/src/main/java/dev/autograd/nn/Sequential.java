package dev.autograd.nn;

import dev.autograd.Tensor;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Layers one after the other: the output of each is the input of the next. Without layers, the
 * identity.
 *
 * <pre>{@code
 * Sequential model =
 *     Sequential.of(Dense.of(2, 16, random), Tensor::tanh, Dropout.of(0.5, 7), Dense.of(16, 1, random));
 * }</pre>
 *
 * <p>Paths are positions, {@code "0.weight"}, {@code "3.bias"}; a layer that occurs twice is one
 * layer, listed at its first position. The mode is passed to each layer.
 *
 * @param layers the layers, first to last
 */
public record Sequential(List<Layer> layers) implements Layer {

  /** Copies the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** Returns the composition of layers, first to last. */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Tensor forward(Tensor x) {
    return forward(x, Mode.INFERENCE);
  }

  @Override
  public Tensor forward(Tensor x, Mode mode) {
    Tensor y = x;
    for (Layer layer : layers) {
      y = layer.forward(y, mode);
    }
    return y;
  }

  @Override
  public boolean dependsOnMode() {
    return layers.stream().anyMatch(Layer::dependsOnMode);
  }

  @Override
  public Parameters parameters() {
    Parameters all = Parameters.none();
    for (int i = 0; i < layers.size(); i++) {
      all = all.and(Integer.toString(i), layers.get(i));
    }
    return all;
  }

  @Override
  public Sequential map(UnaryOperator<Tensor> f) {
    Map<Tensor, Tensor> tensors = new HashMap<>();
    IdentityHashMap<Layer, Layer> mapped = new IdentityHashMap<>();
    for (Layer layer : layers) {
      if (!mapped.containsKey(layer)) {
        mapped.put(layer, layer.map(t -> once(tensors, t, f)));
      }
    }
    return new Sequential(layers.stream().map(layer -> mapped.getOrDefault(layer, layer)).toList());
  }

  private static Tensor once(Map<Tensor, Tensor> done, Tensor t, UnaryOperator<Tensor> f) {
    Tensor known = done.get(t);
    if (known != null) {
      return known;
    }
    Tensor result = f.apply(t);
    done.put(t, result);
    return result;
  }

  /** Returns the layers in brackets; lambdas appear as {@code function}. */
  @Override
  public String toString() {
    return layers.stream()
        .map(layer -> layer.getClass().isSynthetic() ? "function" : layer.toString())
        .collect(Collectors.joining(", ", "Sequential[", "]"));
  }
}
