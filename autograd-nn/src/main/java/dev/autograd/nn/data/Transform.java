package dev.autograd.nn.data;

import dev.autograd.Tensor;

/**
 * A change of columns that can be undone, with numbers that were learnt from the training part
 * alone, so that nothing of the rows to judge by leaks into the training. Immutable.
 *
 * <pre>{@code
 * Transform scaled = Standardizer.fit(learnt);
 * Dataset<Tensor> rows = data.map(scaled::transform);
 * }</pre>
 */
public interface Transform {

  /** Returns the columns changed: {@code [..., columns] -> [..., columns]}. */
  Tensor transform(Tensor x);

  /** Returns the columns as they were before {@link #transform}, to rounding. */
  Tensor inverse(Tensor x);

  /**
   * Returns this one and then another one, whose numbers were learnt from what this one makes; the
   * inverses in the opposite order.
   */
  default Transform andThen(Transform next) {
    Transform first = this;
    return new Transform() {
      @Override
      public Tensor transform(Tensor x) {
        return next.transform(first.transform(x));
      }

      @Override
      public Tensor inverse(Tensor x) {
        return first.inverse(next.inverse(x));
      }
    };
  }
}
