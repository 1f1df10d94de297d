package dev.autograd.nn;

import dev.autograd.Tensor;
import java.util.List;

/**
 * A layer made of layers: it says which they are, and how data goes through them, and has its
 * parameters, its buffers and its modes from them.
 *
 * <pre>{@code
 * record Gated(Layer gate, Layer body) implements Composite {
 *   public List<Child> children() {
 *     return List.of(new Child("gate", gate), new Child("body", body));
 *   }
 *   public Tensor walk(Tensor x, Visitor visitor) {
 *     return visitor.visit("gate", gate, x).sigmoid().mul(visitor.visit("body", body, x));
 *   }
 *   public Gated map(UnaryOperator<Tensor> f) {
 *     return new Gated(gate.map(f), body.map(f));
 *   }
 * }
 * }</pre>
 *
 * <p>That children run through a {@link Visitor} lets others than {@link #forward(Tensor, Mode)}
 * follow the data, such as a {@link Summary}, which asks each child for the shape of its output.
 */
public interface Composite extends Layer {

  /** What runs a layer inside a composite. */
  @FunctionalInterface
  interface Visitor {

    /** Returns the output of a child at a path for an input. */
    Tensor visit(String path, Layer child, Tensor x);
  }

  /** Returns the layers inside, in the order of their parameters, each path once. */
  List<Child> children();

  /** Returns the output for an input, where each child is run by the visitor. */
  Tensor walk(Tensor x, Visitor visitor);

  /** Returns the output in {@link Mode#INFERENCE}. */
  @Override
  default Tensor forward(Tensor x) {
    return forward(x, Mode.INFERENCE);
  }

  /** Returns the output, with the mode passed to each child. */
  @Override
  default Tensor forward(Tensor x, Mode mode) {
    return walk(x, (path, child, input) -> child.forward(input, mode));
  }

  /** Returns whether a child depends on the mode. */
  @Override
  default boolean dependsOnMode() {
    return children().stream().anyMatch(child -> child.layer().dependsOnMode());
  }

  /** Returns the parameters of the children, at their paths. */
  @Override
  default Parameters parameters() {
    Parameters all = Parameters.none();
    for (Child child : children()) {
      all = all.and(child.path(), child.layer());
    }
    return all;
  }
}
