package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Small networks of each kind learn what they are for, in steps that each have a tape. */
class LearningTest {

  private static final int EXAMPLES = 16;

  private final SplittableRandom random = new SplittableRandom(3);

  private static void requireLearns(Layer model, Tensor x, int[] classes) {
    Optimizer adam = Adam.lr(0.02).over(model.parameters());
    double first = adam.minimize(() -> loss(model, x, classes));
    for (int step = 0; step < 100; step++) {
      adam.minimize(() -> loss(model, x, classes));
    }
    assertThat(loss(model, x, classes).item()).isLessThan(first / 10);
    assertThat(Losses.crossEntropy(model.forward(x), classes).item()).isLessThan(first / 10);
  }

  private static Tensor loss(Layer model, Tensor x, int[] classes) {
    return Losses.crossEntropy(model.forward(x, Mode.TRAINING), classes);
  }

  /** Returns the numbers of the first words, in 0 and 1. */
  private int[] words(int length) {
    return random.ints(EXAMPLES * (long) length, 0, 2).toArray();
  }

  private static int[] firstOf(int[] words, int length) {
    int[] first = new int[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      first[i] = words[i * length];
    }
    return first;
  }

  @Test
  void recurrentNetworksRememberTheFirstWord() {
    int length = 5;
    int[] words = words(length);
    Tensor x = Tensor.indices(words).reshape(EXAMPLES, length);
    List<Cell<?>> cells =
        List.of(RnnCell.of(3, 8, random), GruCell.of(3, 8, random), LstmCell.of(3, 8, random));
    for (Cell<?> cell : cells) {
      Layer model =
          Sequential.of(
              Embedding.of(2, 3, random),
              Recurrent.of(cell),
              Select.lastStep(),
              Dense.of(8, 2, random));
      requireLearns(model, x, firstOf(words, length));
    }
  }

  @Test
  void attentionFindsTheFirstWord() {
    int length = 5;
    int[] words = words(length);
    Layer model =
        Sequential.of(
            Embedding.of(2, 8, random),
            new SinusoidalPositions(),
            TransformerEncoderBlock.of(8, 2, 16, random),
            LayerNorm.of(8),
            Select.lastStep(),
            Dense.of(8, 2, random));
    requireLearns(model, Tensor.indices(words).reshape(EXAMPLES, length), firstOf(words, length));
  }

  @Test
  void convolutionsSeeWhichHalfIsBright() {
    int[] classes = words(1);
    Tensor noise = Tensor.normal(random, DType.F64, EXAMPLES, 1, 6, 6);
    Tensor side = Tensor.indices(classes).to(DType.F64).mul(2).sub(1).reshape(EXAMPLES, 1, 1, 1);
    Tensor slope = Tensor.linspace(DType.F64, -1, 1, 6);
    Layer model =
        Sequential.of(
            Conv2d.of(1, 4, 3, random),
            BatchNorm.of(4),
            ActivationLayer.RELU,
            Residual.of(BatchNorm.of(4), ActivationLayer.TANH),
            MaxPool2d.of(2),
            Flatten.of(),
            Dense.of(16, 2, random));
    requireLearns(model, noise.mul(0.3).add(side.mul(slope)), classes);
  }
}
