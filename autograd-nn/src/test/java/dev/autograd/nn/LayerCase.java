package dev.autograd.nn;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A layer and an input it accepts, as a case of the contract that all layers are held to. */
public record LayerCase(String name, Layer layer, Tensor input) {

  /** Returns a case with a name. */
  public static LayerCase of(Layer layer, Tensor input) {
    return new LayerCase(Child.text(layer) + " on " + input.shape(), layer, input);
  }

  /**
   * Returns what there is to differentiate by: the input, if it has numbers, and the parameters.
   */
  List<Tensor> operands() {
    List<Tensor> operands = new ArrayList<>();
    if (input.dtype().isFloating()) {
      operands.add(input);
    }
    layer.parameters().forEach(operands::add);
    return operands;
  }

  /** Returns the output of the layer over other operands. */
  Tensor over(List<Tensor> others, Mode mode) {
    Map<Tensor, Tensor> replaced = new HashMap<>();
    List<Tensor> own = operands();
    for (int i = 0; i < own.size(); i++) {
      replaced.put(own.get(i), others.get(i));
    }
    return layer
        .map(t -> replaced.getOrDefault(t, t))
        .forward(replaced.getOrDefault(input, input), mode);
  }

  /** Returns the layer with parameters of its own. */
  public Layer copy() {
    return layer.map(t -> t instanceof Parameter p ? Parameter.of(p.name(), p) : t);
  }
}
