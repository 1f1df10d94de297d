package dev.autograd.nn;

import dev.autograd.Tensor;
import java.util.function.UnaryOperator;

/**
 * A function of a tensor, possibly with parameters. A lambda or a method reference is a layer
 * without parameters: {@code Tensor::tanh}, {@code x -> x.leakyRelu(0.1)}.
 *
 * <p>A layer of your own is a record over tensors and layers. It lists what it learns, and, to be
 * run with other weights, says how it is rebuilt:
 *
 * <pre>{@code
 * record Block(Dense a, Dense b) implements Layer {
 *   public Tensor forward(Tensor x) {
 *     return x.add(b.forward(a.forward(x).tanh()));
 *   }
 *   public Parameters parameters() {
 *     return Parameters.none().and("a", a).and("b", b);
 *   }
 *   public Block map(UnaryOperator<Tensor> f) {
 *     return new Block(a.map(f), b.map(f));
 *   }
 * }
 * }</pre>
 *
 * <p><b>Modes.</b> {@link #forward(Tensor)} is inference. A layer that behaves differently in
 * training, or holds one that does, overrides {@link #forward(Tensor, Mode)} too. One that forgets
 * to pass the mode on is found out: children enter through {@link #parameters()}, and the method
 * inherited from here refuses to train if one of them {@linkplain #dependsOnMode() depends on the
 * mode}.
 */
@FunctionalInterface
public interface Layer {

  /** Returns the output for an input, in {@link Mode#INFERENCE}. */
  Tensor forward(Tensor x);

  /**
   * Returns the output for an input in a mode; unless overridden, {@link #forward(Tensor)}.
   *
   * @throws UnsupportedOperationException if the mode is {@link Mode#TRAINING}, this method is not
   *     overridden, and a layer that entered through {@link #parameters()} depends on the mode: it
   *     would silently not be trained as meant
   */
  default Tensor forward(Tensor x, Mode mode) {
    if (mode == Mode.TRAINING) {
      ModeDependence.requireNone(this);
    }
    return forward(x);
  }

  /** Returns what this layer learns, by path; unless overridden, nothing. */
  default Parameters parameters() {
    return Parameters.none();
  }

  /**
   * Returns what this layer remembers besides, by path; unless overridden, the buffers of the
   * layers that entered through {@link #parameters()}.
   */
  default Buffers buffers() {
    Buffers all = Buffers.none();
    for (Child child : parameters().children()) {
      all = all.and(child.path(), child.layer());
    }
    return all;
  }

  /**
   * Returns the same layer over other tensors: each one it holds, {@code t}, is replaced by {@code
   * f(t)}, once, however often it occurs. Unless overridden, a layer without parameters returns
   * itself.
   *
   * <p>The results need not be parameters: {@code model.map(p -> p.sub(g.of(p).mul(0.01)))} is the
   * model after a step of gradient descent, differentiable through that step. To convert a model
   * that shall then be trained, make new parameters: {@code model.map(t -> Parameter.of(t.name(),
   * t.to(F32)))}.
   *
   * <p>Buffers are not given to f: the result has its own, which start as copies, in the type of
   * its tensors.
   *
   * @throws UnsupportedOperationException if the class has parameters and does not override this
   */
  default Layer map(UnaryOperator<Tensor> f) {
    if (parameters().size() > 0) {
      throw new UnsupportedOperationException(
          "map: "
              + getClass().getName()
              + " has parameters and does not say how it is rebuilt; override map(UnaryOperator) to"
              + " return a new one with f applied to each tensor");
    }
    return this;
  }

  /**
   * Returns whether the modes of {@link #forward(Tensor, Mode)} may differ. Unless overridden:
   * whether the class overrides that method, or a layer that entered through {@link #parameters()}
   * depends on the mode. A class that only hands the mode to its children may override this to ask
   * them, as {@link Composite} does.
   */
  default boolean dependsOnMode() {
    return ModeDependence.of(this);
  }
}
