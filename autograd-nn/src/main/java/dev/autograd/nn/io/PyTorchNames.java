package dev.autograd.nn.io;

import dev.autograd.Activation;
import dev.autograd.Parameter;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Sequential;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parameters by the names that PyTorch gives them in an {@code nn.Sequential} of {@code nn.Linear},
 * activations, dropout and the like, one module after the other: {@code "0.weight"}.
 *
 * <pre>{@code
 * // torch: nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1)), saved with safetensors
 * Sequential model =
 *     Sequential.of(Dense.of(2, 16, random).activation(Activation.TANH), Dense.of(16, 1, random));
 * Weights.load(file, PyTorchNames.of(model));
 * Weights.save(file, PyTorchNames.of(model));             // and back
 * }</pre>
 *
 * <p>Positions differ where a {@link Dense} has its activation inside, which is a module of its own
 * in PyTorch. Layouts do not: both hold the weight of an affine layer as {@code [out, in]}, so that
 * nothing is transposed. A parameter that several layers share has its first name only.
 */
public final class PyTorchNames {

  private PyTorchNames() {}

  /** Returns a model's parameters by PyTorch's names, in order. */
  public static Map<String, Parameter> of(Sequential model) {
    Map<String, Parameter> named = new LinkedHashMap<>();
    put(named, "", model);
    return named;
  }

  private static void put(Map<String, Parameter> named, String prefix, Sequential model) {
    int position = 0;
    for (Layer layer : model.layers()) {
      String path = prefix + position + ".";
      if (layer instanceof Sequential inner) {
        put(named, path, inner);
      } else {
        Parameters own = layer.parameters();
        own.paths().forEach(name -> putOnce(named, path + name, own.byPath(name)));
      }
      position += modules(layer);
    }
  }

  private static void putOnce(Map<String, Parameter> named, String name, Parameter parameter) {
    if (!named.containsValue(parameter)) {
      named.put(name, parameter);
    }
  }

  private static int modules(Layer layer) {
    return layer instanceof Dense dense && dense.activation() != Activation.IDENTITY ? 2 : 1;
  }
}
