package dev.autograd;

import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.util.Arrays;

/**
 * Scaled dot-product attention (Vaswani et al. 2017): each query takes the mean of the values,
 * weighted by how well their keys fit, {@code softmax(q kᵀ / √d + mask) v}.
 *
 * <p>Queries are {@code [..., L, d]}, keys {@code [..., S, d]}, values {@code [..., S, v]} and the
 * result {@code [..., L, v]}; leading axes, such as batch and heads, broadcast. Derivatives exist
 * for all three to every order.
 *
 * <p>A query that sees no key at all gets zeros, and sends and receives no gradient, in any order.
 * A masked key has the weight 0 exactly; its value must still be finite, as matrix products have no
 * way to leave out {@code 0 · NaN}.
 */
public sealed interface Attention permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * Returns for each query the weighted mean of all values.
   *
   * @throws ShapeException if the sizes d of queries and keys or the numbers S of keys and values
   *     differ, or leading axes do not broadcast; likewise below
   */
  default Tensor attention(Tensor keys, Tensor values) {
    return mix(scores("attention", self(), keys, values), values);
  }

  /**
   * Returns for each query the weighted mean of the values that a mask leaves.
   *
   * @param mask what broadcasts to the scores {@code [..., L, S]}: either BOOL, true where a query
   *     sees a key; or numbers to be added to the scores, -∞ where it does not, and then with a
   *     derivative, as learned biases need it
   * @throws DTypeException if the mask is neither BOOL nor of the type of the queries
   */
  default Tensor attention(Tensor keys, Tensor values, Tensor mask) {
    return mix(masked("attention", scores("attention", self(), keys, values), mask), values);
  }

  /**
   * Returns for each query the weighted mean of the values up to its own place. The queries are the
   * last L of the S places, so query i sees the keys 0 to {@code S - L + i}: with L = S that is the
   * usual triangle, with L = 1 the newest query sees all keys, as in decoding step by step.
   *
   * @throws ShapeException if there are more queries than keys
   */
  default Tensor causalAttention(Tensor keys, Tensor values) {
    return mix(causal(scores("causalAttention", self(), keys, values)), values);
  }

  /**
   * Returns for each query the weighted mean of the values up to its own place that a mask leaves,
   * for instance without the padding; see {@link #attention(Tensor, Tensor, Tensor)}.
   */
  default Tensor causalAttention(Tensor keys, Tensor values, Tensor mask) {
    Tensor scores = scores("causalAttention", self(), keys, values);
    return mix(causal(masked("causalAttention", scores, mask)), values);
  }

  /** Returns how well each key fits each query, {@code [..., L, S]}. */
  private static Tensor scores(String op, Tensor queries, Tensor keys, Tensor values) {
    Checks.sameFloating(op, queries, keys);
    Checks.sameFloating(op, queries, values);
    Shape q = queries.shape();
    Shape k = keys.shape();
    Shape v = values.shape();
    boolean matrices = q.rank() >= 2 && k.rank() >= 2 && v.rank() >= 2;
    if (!matrices
        || q.dim(-1) != k.dim(-1)
        || k.dim(-2) != v.dim(-2)
        || Broadcast.conflict(stack(q), stack(k)) >= 0
        || Broadcast.conflict(Broadcast.of(stack(q), stack(k)).shape(), stack(v)) >= 0) {
      throw new ShapeException(
          op
              + ": the queries are "
              + q
              + ", the keys "
              + k
              + " and the values "
              + v
              + "; they must be [..., L, d], [..., S, d] and [..., S, v], with leading axes that"
              + " broadcast");
    }
    // On the queries, which are fewer numbers than the scores.
    return queries.mul(1 / Math.sqrt(q.dim(-1))).matmul(keys.transpose());
  }

  private static Tensor masked(String op, Tensor scores, Tensor mask) {
    boolean choice = mask.dtype() == DType.BOOL;
    if (!choice && mask.dtype() != scores.dtype()) {
      throw new DTypeException(
          op
              + ": the queries are "
              + scores.dtype()
              + " and the mask "
              + mask.dtype()
              + "; it must be BOOL, true where a query sees a key, or "
              + scores.dtype()
              + " to be added");
    }
    if (!Broadcast.expands(mask.shape(), scores.shape())) {
      throw new ShapeException(
          op
              + ": the mask is "
              + mask.shape()
              + " and the scores are "
              + scores.shape()
              + "; the mask must broadcast to them");
    }
    return choice ? scores.where(mask, Double.NEGATIVE_INFINITY) : scores.add(mask);
  }

  private static Tensor causal(Tensor scores) {
    int queries = scores.shape().dim(-2);
    int places = scores.shape().dim(-1);
    if (queries > places) {
      throw new ShapeException(
          "causalAttention: there are "
              + queries
              + " queries and "
              + places
              + " keys; the queries are the last of the places, so there must not be more of them");
    }
    return scores.where(triangle(queries, places), Double.NEGATIVE_INFINITY);
  }

  private static Tensor mix(Tensor scores, Tensor values) {
    return SoftmaxWeights.of("attentionWeights", scores, scores.rank() - 1).matmul(values);
  }

  private static Tensor triangle(int queries, int places) {
    boolean[] seen = new boolean[queries * places];
    for (int i = 0; i < queries; i++) {
      Arrays.fill(seen, i * places, i * places + places - queries + i + 1, true);
    }
    NdArray mask = new NdArray(Shape.of(queries, places), DType.BOOL, seen);
    return new Tensor(mask, null, null);
  }

  private static Shape stack(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
  }
}
