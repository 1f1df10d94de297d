package dev.autograd.nn;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A block of a transformer's encoder: self-attention and a network on each place, either with a way
 * around it and a normalisation, {@code [..., time, width] -> [..., time, width]}.
 *
 * <pre>{@code
 * u = x + dropout(attention(norm₁(x)))          y = u + dropout(feedForward(norm₂(u)))       norm first
 * u = norm₁(x + dropout(attention(x)))          y = norm₂(u + dropout(feedForward(u)))       norm last
 * }</pre>
 *
 * <p>With norms first, deep stacks train without a warm-up of the learning rate; a stack then ends
 * with a norm of its own. Source: Vaswani et al., Attention is all you need, NeurIPS 2017, section
 * 3.1 (norm last); Xiong et al., On layer normalization in the transformer architecture, ICML 2020
 * (norm first).
 *
 * @param attention the self-attention
 * @param attentionNorm norm₁
 * @param attentionDropout what is dropped from the attention's output
 * @param feedForward the network on each place
 * @param feedForwardNorm norm₂
 * @param feedForwardDropout what is dropped from the network's output
 * @param normFirst whether the norms come before what they normalise for
 */
public record TransformerEncoderBlock(
    MultiHeadAttention attention,
    LayerNorm attentionNorm,
    Dropout attentionDropout,
    Layer feedForward,
    LayerNorm feedForwardNorm,
    Dropout feedForwardDropout,
    boolean normFirst)
    implements Composite {

  /** How attention mixes the places, with a mask or without. */
  @FunctionalInterface
  private interface Mixing {
    Tensor of(Tensor x);
  }

  /**
   * Returns an F64 block with norms first, without dropout.
   *
   * @param width the features of a place
   * @param heads the number of heads
   * @param hidden the units of the network on each place, usually {@code 4 · width}
   * @throws IllegalArgumentException if a size is below 1, or the width no multiple of the heads
   */
  public static TransformerEncoderBlock of(
      int width, int heads, int hidden, RandomGenerator random) {
    return of(DType.F64, width, heads, hidden, random);
  }

  /**
   * Returns a block with norms first, without dropout, whose network has one hidden layer with
   * gelu; see {@link MultiHeadAttention#of} and {@link Dense#of} for how weights start.
   *
   * @throws IllegalArgumentException if a size is below 1, or the width no multiple of the heads
   * @throws dev.autograd.DTypeException if the type is neither F32 nor F64
   */
  public static TransformerEncoderBlock of(
      DType dtype, int width, int heads, int hidden, RandomGenerator random) {
    return new TransformerEncoderBlock(
        MultiHeadAttention.of(dtype, width, heads, random),
        LayerNorm.of(dtype, width),
        Dropout.of(0, 0),
        Sequential.of(
            Dense.of(dtype, width, hidden, random),
            ActivationLayer.GELU,
            Dense.of(dtype, hidden, width, random)),
        LayerNorm.of(dtype, width),
        Dropout.of(0, 0),
        true);
  }

  /** Returns a block of the same parameters with norms last, as they were first published. */
  public TransformerEncoderBlock normLast() {
    return new TransformerEncoderBlock(
        attention,
        attentionNorm,
        attentionDropout,
        feedForward,
        feedForwardNorm,
        feedForwardDropout,
        false);
  }

  /** Returns a block of the same parameters in which a place sees only those before it. */
  public TransformerEncoderBlock causal() {
    return new TransformerEncoderBlock(
        attention.causally(),
        attentionNorm,
        attentionDropout,
        feedForward,
        feedForwardNorm,
        feedForwardDropout,
        normFirst);
  }

  /**
   * Returns a block of the same parameters that drops outputs in training.
   *
   * @param seed what the masks are made from; the second dropout takes the number after it
   * @throws IllegalArgumentException if the probability is outside [0, 1)
   */
  public TransformerEncoderBlock dropout(double probability, long seed) {
    return new TransformerEncoderBlock(
        attention,
        attentionNorm,
        Dropout.of(probability, seed),
        feedForward,
        feedForwardNorm,
        Dropout.of(probability, seed + 1),
        normFirst);
  }

  @Override
  public List<Child> children() {
    return List.of(
        new Child("attention", attention),
        new Child("attentionNorm", attentionNorm),
        new Child("attentionDropout", attentionDropout),
        new Child("feedForward", feedForward),
        new Child("feedForwardNorm", feedForwardNorm),
        new Child("feedForwardDropout", feedForwardDropout));
  }

  @Override
  public Tensor walk(Tensor x, Visitor visitor) {
    return walk(x, visitor, input -> visitor.visit("attention", attention, input));
  }

  /**
   * Returns the output where places see each other as a mask says.
   *
   * @param mask what broadcasts to {@code [..., heads, time, time]}; see {@link
   *     MultiHeadAttention#attend(Tensor, Tensor, Tensor, Tensor)}
   */
  public Tensor forward(Tensor x, Tensor mask, Mode mode) {
    return walk(
        x,
        (path, child, input) -> child.forward(input, mode),
        input -> attention.attend(input, input, input, mask));
  }

  private Tensor walk(Tensor x, Visitor visitor, Mixing mixing) {
    if (normFirst) {
      Tensor mixed = mixing.of(visitor.visit("attentionNorm", attentionNorm, x));
      Tensor u = x.add(visitor.visit("attentionDropout", attentionDropout, mixed));
      Tensor normed = visitor.visit("feedForwardNorm", feedForwardNorm, u);
      Tensor fed = visitor.visit("feedForward", feedForward, normed);
      return u.add(visitor.visit("feedForwardDropout", feedForwardDropout, fed));
    }
    Tensor mixed = visitor.visit("attentionDropout", attentionDropout, mixing.of(x));
    Tensor u = visitor.visit("attentionNorm", attentionNorm, x.add(mixed));
    Tensor fed = visitor.visit("feedForward", feedForward, u);
    Tensor dropped = visitor.visit("feedForwardDropout", feedForwardDropout, fed);
    return visitor.visit("feedForwardNorm", feedForwardNorm, u.add(dropped));
  }

  @Override
  public TransformerEncoderBlock map(UnaryOperator<Tensor> f) {
    Once once = Once.of(f);
    return new TransformerEncoderBlock(
        attention.map(once),
        attentionNorm.map(once),
        attentionDropout.map(once),
        once.layer(feedForward),
        feedForwardNorm.map(once),
        feedForwardDropout.map(once),
        normFirst);
  }

  /** Returns the parts in brackets. */
  @Override
  public String toString() {
    return "TransformerEncoderBlock["
        + attention
        + ", "
        + Child.text(feedForward)
        + ", "
        + attentionDropout
        + (normFirst ? ", norm first]" : ", norm last]");
  }
}
