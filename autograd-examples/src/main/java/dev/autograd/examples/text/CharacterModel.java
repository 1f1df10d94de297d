package dev.autograd.examples.text;

import dev.autograd.Autograd;
import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Embedding;
import dev.autograd.nn.GruCell;
import dev.autograd.nn.Initializer;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.Recurrent;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A recurrent network that foretells the next character of a text: each character becomes a vector,
 * gated units remember what came before, and a dense layer scores what may come next.
 *
 * @param embedding a vector per character
 * @param memory what remembers
 * @param scores one logit per character
 */
public record CharacterModel(Embedding embedding, Recurrent<Tensor> memory, Dense scores)
    implements Layer {

  private static final int WIDTH = 24;

  /**
   * Returns a model with random weights.
   *
   * @param characters the size of the alphabet
   * @param units the numbers that are remembered
   */
  public static CharacterModel of(int characters, int units, RandomGenerator random) {
    return new CharacterModel(
        Embedding.of(DType.F32, characters, WIDTH, random, Initializer.normal(1)),
        Recurrent.of(GruCell.of(DType.F32, WIDTH, units, random)),
        Dense.of(DType.F32, units, characters, random));
  }

  /** Returns the scores of each next character: {@code [n, length] -> [n, length, characters]}. */
  @Override
  public Tensor forward(Tensor x) {
    return scores.forward(memory.forward(embedding.forward(x)));
  }

  /**
   * Returns the mean cross-entropy of the characters that really came next, a scalar.
   *
   * @param logits {@code [n, length, characters]}
   * @param next {@code [n, length]}
   */
  public static Tensor loss(Tensor logits, Tensor next) {
    int characters = logits.shape().dim(2);
    return Losses.crossEntropy(logits.reshape(next.size(), characters), next.reshape(next.size()));
  }

  /**
   * Returns text that goes on from a beginning, each character drawn by its probability.
   *
   * @param temperature 1 draws as learned; less keeps to what is likely
   */
  public String write(
      Alphabet alphabet, String beginning, int length, double temperature, RandomGenerator random) {
    return Autograd.noGrad(
        () -> {
          StringBuilder text = new StringBuilder(beginning);
          int[] seen = alphabet.encode(beginning);
          Recurrent.Unrolled<Tensor> now = memory.run(vectors(seen));
          for (int i = 0; i < length; i++) {
            Tensor last = now.outputs().select(1, -1);
            Tensor chances = scores.forward(last).div(temperature).softmax(1);
            int next = draw(chances.toDoubleMatrix()[0], random);
            text.append(alphabet.decode(next));
            now = memory.run(vectors(next), now.last());
          }
          return text.toString();
        });
  }

  private Tensor vectors(int... characters) {
    return embedding.forward(Tensor.wrap(Shape.of(1, characters.length), characters));
  }

  private static int draw(double[] chances, RandomGenerator random) {
    double left = random.nextDouble();
    for (int i = 0; i < chances.length - 1; i++) {
      left -= chances[i];
      if (left < 0) {
        return i;
      }
    }
    return chances.length - 1;
  }

  @Override
  public Parameters parameters() {
    return Parameters.none()
        .and("embedding", embedding)
        .and("memory", memory)
        .and("scores", scores);
  }

  @Override
  public CharacterModel map(UnaryOperator<Tensor> f) {
    return new CharacterModel(embedding.map(f), memory.map(f), scores.map(f));
  }
}
