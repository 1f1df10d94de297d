package dev.autograd.examples.sorting;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Embedding;
import dev.autograd.nn.Initializer;
import dev.autograd.nn.LayerNorm;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.SinusoidalPositions;
import dev.autograd.nn.TransformerEncoderBlock;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The task to sort digits: at each place of a sequence stands the digit that belongs there when all
 * are in order. What is right at one place depends on all others, which is what attention is for.
 */
public final class Sorting {

  private static final int DIGITS = 10;
  private static final int WIDTH = 32;
  private static final int HEADS = 4;
  private static final int HIDDEN = 64;

  private Sorting() {}

  /**
   * Returns a network of two transformer blocks, {@code [n, length] -> [n, length, 10]}: digits
   * become vectors, to which their places are added, and each place is scored per digit.
   */
  public static Sequential network(RandomGenerator random) {
    return Sequential.of(
        Embedding.of(DType.F32, DIGITS, WIDTH, random, Initializer.normal(1)),
        new SinusoidalPositions(),
        TransformerEncoderBlock.of(DType.F32, WIDTH, HEADS, HIDDEN, random),
        TransformerEncoderBlock.of(DType.F32, WIDTH, HEADS, HIDDEN, random),
        LayerNorm.of(DType.F32, WIDTH),
        Dense.of(DType.F32, WIDTH, DIGITS, random));
  }

  /** Returns sequences of random digits, each with its digits in order, {@code [n, length]}. */
  public static Dataset<Examples> examples(int n, int length, RandomGenerator random) {
    int[][] sequences = new int[n][];
    int[][] sorted = new int[n][];
    for (int i = 0; i < n; i++) {
      sequences[i] = random.ints(length, 0, DIGITS).toArray();
      sorted[i] = Arrays.stream(sequences[i]).sorted().toArray();
    }
    return Dataset.of(matrix(sequences, length), matrix(sorted, length));
  }

  private static Tensor matrix(int[][] rows, int length) {
    return Tensor.wrap(
        Shape.of(rows.length, length), Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray());
  }

  /**
   * Returns the mean cross-entropy over all places, a scalar.
   *
   * @param logits {@code [n, length, 10]}
   * @param sorted {@code [n, length]}
   */
  public static Tensor loss(Tensor logits, Tensor sorted) {
    return Losses.crossEntropy(
        logits.reshape(sorted.size(), DIGITS), sorted.reshape(sorted.size()));
  }

  /** Returns where the digit with the best score is the right one, {@code [n, length]}. */
  public static Tensor right(Tensor logits, Tensor sorted) {
    return logits.argMax(2).eq(sorted.to(DType.I64));
  }
}
