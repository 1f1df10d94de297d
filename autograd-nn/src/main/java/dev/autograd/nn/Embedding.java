package dev.autograd.nn;

import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A table of vectors that are looked up by index, of words say: {@code y[..., :] = weight[x[...],
 * :]}, {@code [...] -> [..., width]}. The input is I32 or I64, see {@link Tensor#indices}.
 *
 * <pre>{@code
 * Embedding words = Embedding.of(10_000, 64, random).padding(0);
 * Dense logits = new Dense(words.weight(), bias);              // the same table as output matrix
 * }</pre>
 *
 * <p>The parameter is called {@code weight}.
 *
 * @param weight the table, {@code [rows, width]}
 * @param padding the index that stands for no word: its vector gets no gradient here
 */
public record Embedding(Tensor weight, OptionalInt padding) implements ModeFree {

  /**
   * Checks the table and the index.
   *
   * @throws ShapeException if the weight is no matrix
   * @throws IndexOutOfBoundsException if the padding is no row of it
   */
  public Embedding {
    Arguments.requireRank("Embedding", "the weight", weight, 2, "[rows, width]");
    int rows = weight.shape().dim(0);
    if (padding.isPresent() && (padding.getAsInt() < 0 || padding.getAsInt() >= rows)) {
      throw new IndexOutOfBoundsException(
          "Embedding: the padding is "
              + padding.getAsInt()
              + " and there are "
              + rows
              + " rows; it must be the index of one");
    }
  }

  /** Makes a layer over a table, without padding. */
  public Embedding(Tensor weight) {
    this(weight, OptionalInt.empty());
  }

  /**
   * Returns an F64 layer whose numbers are drawn from the normal distribution, as in PyTorch.
   *
   * @throws IllegalArgumentException if a size is below 1
   */
  public static Embedding of(int rows, int width, RandomGenerator random) {
    return of(DType.F64, rows, width, random, Initializer.normal(1));
  }

  /**
   * Returns a layer with numbers of your choice.
   *
   * @throws IllegalArgumentException if a size is below 1
   * @throws dev.autograd.DTypeException if the type is neither F32 nor F64
   */
  public static Embedding of(
      DType dtype, int rows, int width, RandomGenerator random, Initializer weights) {
    Arguments.requirePositive("Embedding", "rows", rows);
    Arguments.requirePositive("Embedding", "width", width);
    Tensor weight = weights.draw(random, dtype, Shape.of(rows, width));
    return new Embedding(Parameter.of("weight", weight));
  }

  /**
   * Returns a layer with a new parameter: a copy of this table with zeros in one row, which are
   * never trained through this layer.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public Embedding padding(int row) {
    Embedding checked = new Embedding(weight, OptionalInt.of(row));
    int rows = weight.shape().dim(0);
    Tensor zeroed =
        weight.detach().maskedFill(Tensor.arange(DType.I32, rows).eq(row).unsqueeze(1), 0);
    return new Embedding(Parameter.of("weight", zeroed), checked.padding);
  }

  /**
   * Returns the vectors at the indices.
   *
   * @throws dev.autograd.DTypeException if x is neither I32 nor I64
   * @throws IndexOutOfBoundsException if an index is negative, or not below the number of rows
   */
  @Override
  public Tensor forward(Tensor x) {
    return padding.isPresent() ? weight.embedding(x, padding.getAsInt()) : weight.embedding(x);
  }

  @Override
  public Parameters parameters() {
    return Parameters.of(weight);
  }

  @Override
  public Embedding map(UnaryOperator<Tensor> f) {
    return new Embedding(f.apply(weight), padding);
  }

  /** Returns sizes and type, as in {@code Embedding(100 x 8, F64, padding 0)}. */
  @Override
  public String toString() {
    return "Embedding("
        + weight.shape().dim(0)
        + " x "
        + weight.shape().dim(1)
        + ", "
        + weight.dtype()
        + (padding.isPresent() ? ", padding " + padding.getAsInt() : "")
        + ")";
  }
}
