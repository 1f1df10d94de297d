package dev.autograd.nn;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A layer and a way around it: {@code y = x + f(x)}, where f keeps the shape.
 *
 * <p>Paths start with {@code "body"}. Where the shape changes, give the way around a layer of its
 * own: {@code Parallel.of(body, shortcut)}. Source: He, Zhang, Ren and Sun, Deep residual learning
 * for image recognition, CVPR 2016, equation 1.
 *
 * @param body f
 */
public record Residual(Layer body) implements Composite {

  /** Returns x + f(x) for layers f, one after the other. */
  public static Residual of(Layer... layers) {
    return new Residual(layers.length == 1 ? layers[0] : Sequential.of(layers));
  }

  @Override
  public List<Child> children() {
    return List.of(new Child("body", body));
  }

  /**
   * Returns x + f(x).
   *
   * @throws ShapeException if f does not keep the shape
   */
  @Override
  public Tensor walk(Tensor x, Visitor visitor) {
    Tensor y = visitor.visit("body", body, x);
    if (!y.shape().equals(x.shape())) {
      throw new ShapeException(
          "Residual: the input is "
              + x.shape()
              + " and the body makes "
              + y.shape()
              + " of it; they must be equal, or the shortcut a layer too: Parallel.of(body, shortcut)");
    }
    return x.add(y);
  }

  @Override
  public Residual map(UnaryOperator<Tensor> f) {
    return new Residual(Once.of(f).layer(body));
  }

  /** Returns the body in brackets. */
  @Override
  public String toString() {
    return "Residual[" + Child.text(body) + "]";
  }
}
