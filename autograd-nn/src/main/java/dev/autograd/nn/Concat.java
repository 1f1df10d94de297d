package dev.autograd.nn;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Layers side by side, each given the same input, whose outputs are joined along an axis: {@code
 * [n, a], [n, b] -> [n, a + b]} at axis 1. A branch {@code x -> x} keeps the input itself, as a
 * dense block does.
 *
 * <p>Paths are positions, {@code "0.weight"}; a layer that occurs twice is one layer, listed at its
 * first position.
 *
 * @param axis where the outputs are joined, negative ones from the end
 * @param branches the layers, at least one
 */
public record Concat(int axis, List<Layer> branches) implements Composite {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Concat {
    branches = Branches.requireSome("Concat", branches);
  }

  /**
   * Returns layers whose outputs are joined.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Concat of(int axis, Layer... branches) {
    return new Concat(axis, List.of(branches));
  }

  @Override
  public List<Child> children() {
    return Branches.children(branches);
  }

  /**
   * Returns the outputs, joined in their order.
   *
   * @throws dev.autograd.ShapeException if they differ along another axis
   */
  @Override
  public Tensor walk(Tensor x, Visitor visitor) {
    return Tensor.concat(axis, Branches.outputs(branches, x, visitor));
  }

  @Override
  public Concat map(UnaryOperator<Tensor> f) {
    return new Concat(axis, Branches.map(branches, f));
  }

  /** Returns the branches in brackets, after the axis. */
  @Override
  public String toString() {
    return Branches.text("Concat(axis " + axis + ")", branches);
  }
}
