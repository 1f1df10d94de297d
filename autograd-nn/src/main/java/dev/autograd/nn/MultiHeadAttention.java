package dev.autograd.nn;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Attention in several subspaces at a time: queries, keys and values are projected, cut into heads
 * along their last axis, attended to by each head for itself ({@code softmax(q kᵀ / √d) v}), joined
 * and projected again.
 *
 * <p>As a layer this is self-attention, {@code [..., time, width] -> [..., time, width]}; {@link
 * #attend} takes queries, keys and values that differ, and a mask.
 *
 * <pre>{@code
 * MultiHeadAttention self = MultiHeadAttention.of(64, 8, random).causally();
 * Tensor y = self.attend(x, x, x, mask);                          // mask [batch, 1, 1, time], BOOL
 * }</pre>
 *
 * <p>Paths are {@code "query.weight"}, {@code "key.…"}, {@code "value.…"} and {@code "output.…"}.
 * Source: Vaswani et al., Attention is all you need, NeurIPS 2017, section 3.2.2.
 *
 * @param query makes queries, {@code [..., inputs] -> [..., heads · d]}
 * @param key makes keys, likewise
 * @param value makes values, {@code [..., inputs] -> [..., heads · v]}
 * @param output makes the result of the joined heads
 * @param heads the number of heads
 * @param causal whether a query sees only keys up to its own place
 */
public record MultiHeadAttention(
    Dense query, Dense key, Dense value, Dense output, int heads, boolean causal)
    implements ModeFree {

  /**
   * Checks that the parts fit.
   *
   * @throws ShapeException if queries and keys have different sizes, a size is no multiple of the
   *     heads, or the output does not take the values
   * @throws dev.autograd.DTypeException if the element types differ
   * @throws IllegalArgumentException if there is no head
   */
  public MultiHeadAttention {
    Arguments.requirePositive("MultiHeadAttention", "heads", heads);
    Arguments.requireOneType(
        "MultiHeadAttention", query.weight(), key.weight(), value.weight(), output.weight());
    int d = outputs(query);
    int v = outputs(value);
    if (d != outputs(key) || d % heads != 0 || v % heads != 0) {
      throw new ShapeException(
          "MultiHeadAttention: queries have the width "
              + d
              + ", keys "
              + outputs(key)
              + " and values "
              + v
              + ", for "
              + heads
              + " heads; the first two must be equal, and all multiples of the heads");
    }
    if (inputs(output) != v) {
      throw new ShapeException(
          "MultiHeadAttention: values have the width "
              + v
              + " and the output takes "
              + inputs(output)
              + "; they must be equal");
    }
  }

  private static int outputs(Dense layer) {
    return layer.weight().shape().dim(0);
  }

  private static int inputs(Dense layer) {
    return layer.weight().shape().dim(1);
  }

  /**
   * Returns an F64 layer that sees all keys.
   *
   * @throws IllegalArgumentException if a size is below 1, or the width no multiple of the heads
   */
  public static MultiHeadAttention of(int width, int heads, RandomGenerator random) {
    return of(DType.F64, width, heads, random);
  }

  /**
   * Returns a layer that sees all keys, in which everything is {@code width} wide: weights are
   * drawn by {@link Initializer#glorotUniform}, in the order of the components, and biases are 0.
   *
   * @throws IllegalArgumentException if a size is below 1, or the width no multiple of the heads
   * @throws dev.autograd.DTypeException if the type is neither F32 nor F64
   */
  public static MultiHeadAttention of(DType dtype, int width, int heads, RandomGenerator random) {
    Initializer weights = Initializer.glorotUniform();
    return new MultiHeadAttention(
        Dense.of(dtype, width, width, random, weights),
        Dense.of(dtype, width, width, random, weights),
        Dense.of(dtype, width, width, random, weights),
        Dense.of(dtype, width, width, random, weights),
        heads,
        false);
  }

  /** Returns a layer of the same parameters whose queries see only keys up to their own place. */
  public MultiHeadAttention causally() {
    return new MultiHeadAttention(query, key, value, output, heads, true);
  }

  /**
   * Returns what a sequence makes of itself.
   *
   * @throws ShapeException if x is not {@code [..., time, width]}
   */
  @Override
  public Tensor forward(Tensor x) {
    return attend(x, x, x);
  }

  /**
   * Returns for each query a mixture of the values: {@code [..., L, inputs], [..., S, inputs],
   * [..., S, inputs] -> [..., L, outputs]}.
   *
   * @throws ShapeException if the sizes do not fit
   */
  public Tensor attend(Tensor queries, Tensor keys, Tensor values) {
    Tensor q = split(query.forward(queries));
    Tensor k = split(key.forward(keys));
    Tensor v = split(value.forward(values));
    return joined(causal ? q.causalAttention(k, v) : q.attention(k, v));
  }

  /**
   * Returns for each query a mixture of the values that a mask leaves.
   *
   * @param mask what broadcasts to {@code [..., heads, L, S]}: BOOL, true where a query sees a key,
   *     or numbers to be added to the scores; of keys that are padding, {@code [batch, 1, 1, S]}
   * @throws ShapeException if the sizes do not fit
   * @see Tensor#attention(Tensor, Tensor, Tensor)
   */
  public Tensor attend(Tensor queries, Tensor keys, Tensor values, Tensor mask) {
    Tensor q = split(query.forward(queries));
    Tensor k = split(key.forward(keys));
    Tensor v = split(value.forward(values));
    return joined(causal ? q.causalAttention(k, v, mask) : q.attention(k, v, mask));
  }

  /** Returns {@code [..., time, heads · d]} as {@code [..., heads, time, d]}. */
  private Tensor split(Tensor x) {
    if (x.rank() < 2) {
      throw new ShapeException(
          "MultiHeadAttention: an input has after its projection the shape "
              + x.shape()
              + "; inputs must be [..., time, width]");
    }
    int[] dims = x.shape().toArray();
    int[] cut = Arrays.copyOf(dims, dims.length + 1);
    cut[dims.length - 1] = heads;
    cut[dims.length] = dims[dims.length - 1] / heads;
    return x.reshape(Shape.of(cut)).transpose(-2, -3);
  }

  /** Returns the output for {@code [..., heads, time, v]}. */
  private Tensor joined(Tensor mixed) {
    Tensor x = mixed.transpose(-2, -3);
    int[] dims = Arrays.copyOf(x.shape().toArray(), x.rank() - 1);
    dims[dims.length - 1] *= x.shape().dim(-1);
    return output.forward(x.reshape(Shape.of(dims)));
  }

  @Override
  public Parameters parameters() {
    return Parameters.none()
        .and("query", query)
        .and("key", key)
        .and("value", value)
        .and("output", output);
  }

  @Override
  public MultiHeadAttention map(UnaryOperator<Tensor> f) {
    Once once = Once.of(f);
    return new MultiHeadAttention(
        query.map(once), key.map(once), value.map(once), output.map(once), heads, causal);
  }

  /** Returns sizes and type, as in {@code MultiHeadAttention(64 -> 64, 8 heads, F64, causal)}. */
  @Override
  public String toString() {
    return "MultiHeadAttention("
        + inputs(query)
        + " -> "
        + outputs(output)
        + ", "
        + heads
        + " heads, "
        + query.weight().dtype()
        + (causal ? ", causal" : "")
        + ")";
  }
}
