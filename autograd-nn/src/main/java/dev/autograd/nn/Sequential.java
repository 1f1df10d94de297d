package dev.autograd.nn;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

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
public record Sequential(List<Layer> layers) implements Composite {

  /** Copies the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** Returns the composition of layers, first to last. */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public List<Child> children() {
    return Branches.children(layers);
  }

  /** Returns what the last layer makes of what the others made of x. */
  @Override
  public Tensor walk(Tensor x, Visitor visitor) {
    Tensor y = x;
    for (int i = 0; i < layers.size(); i++) {
      y = visitor.visit(Integer.toString(i), layers.get(i), y);
    }
    return y;
  }

  @Override
  public Sequential map(UnaryOperator<Tensor> f) {
    return new Sequential(Branches.map(layers, f));
  }

  /** Returns the layers in brackets; lambdas appear as {@code function}. */
  @Override
  public String toString() {
    return Branches.text("Sequential", layers);
  }
}
