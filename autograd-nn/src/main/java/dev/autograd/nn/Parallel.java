package dev.autograd.nn;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Layers side by side, each given the same input, whose outputs are added: {@code y = f₀(x) + f₁(x)
 * + …}. See {@link Concat} to join them instead, and {@link Residual} if one is the identity.
 *
 * <p>Paths are positions, {@code "0.weight"}; a layer that occurs twice is one layer, listed at its
 * first position.
 *
 * @param branches the layers, at least one
 */
public record Parallel(List<Layer> branches) implements Composite {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Parallel {
    branches = Branches.requireSome("Parallel", branches);
  }

  /**
   * Returns the sum of layers.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Parallel of(Layer... branches) {
    return new Parallel(List.of(branches));
  }

  @Override
  public List<Child> children() {
    return Branches.children(branches);
  }

  /**
   * Returns the sum of the outputs, added in their order.
   *
   * @throws ShapeException if the outputs have different shapes
   */
  @Override
  public Tensor walk(Tensor x, Visitor visitor) {
    List<Tensor> outputs = Branches.outputs(branches, x, visitor);
    Tensor sum = outputs.get(0);
    for (int i = 1; i < outputs.size(); i++) {
      Tensor next = outputs.get(i);
      if (!next.shape().equals(sum.shape())) {
        throw new ShapeException(
            "Parallel: branch 0 makes "
                + sum.shape()
                + " of the input "
                + x.shape()
                + ", and branch "
                + i
                + " makes "
                + next.shape()
                + "; they must be equal to be added");
      }
      sum = sum.add(next);
    }
    return sum;
  }

  @Override
  public Parallel map(UnaryOperator<Tensor> f) {
    return new Parallel(Branches.map(branches, f));
  }

  /** Returns the branches in brackets. */
  @Override
  public String toString() {
    return Branches.text("Parallel", branches);
  }
}
