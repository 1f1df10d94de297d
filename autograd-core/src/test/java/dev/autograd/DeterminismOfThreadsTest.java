package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A network trained on one, two and four threads has the same weights, bit by bit. */
class DeterminismOfThreadsTest {

  /** Prints a hash of all weights after many steps of a network for images of digits. */
  static final class Weights {

    private Weights() {}

    public static void main(String... args) {
      Random random = new Random(7);
      int[] sizes = {784, 256, 128, 10};
      Tensor x = Tensor.uniform(random, DType.F32, 64, sizes[0]);
      int[] classes = random.ints(64, 0, sizes[3]).toArray();
      Parameter[] weights = new Parameter[3];
      Parameter[] biases = new Parameter[3];
      for (int i = 0; i < 3; i++) {
        Tensor w = Tensor.normal(random, DType.F32, sizes[i], sizes[i + 1]).mul(0.05);
        weights[i] = Parameter.of("w" + i, w);
        biases[i] = Parameter.of("b" + i, Tensor.zeros(DType.F32, sizes[i + 1]));
      }
      List<Parameter> all =
          List.of(weights[0], weights[1], weights[2], biases[0], biases[1], biases[2]);
      for (int step = 0; step < 200; step++) {
        Tensor h = x;
        for (int i = 0; i < 3; i++) {
          Tensor z = h.matmul(weights[i]).add(biases[i]);
          h = i < 2 ? z.relu() : z;
        }
        Gradients gradients = Autograd.grad(Losses.crossEntropy(h, classes), all);
        all.forEach(p -> p.assign(p.sub(gradients.of(p).mul(0.05))));
      }
      int hash = 0;
      for (Parameter parameter : all) {
        hash = 31 * hash + Arrays.hashCode((float[]) parameter.array().data());
      }
      System.out.println(Integer.toHexString(hash));
    }
  }

  @Test
  void weightsDoNotDependOnTheNumberOfThreads() throws IOException, InterruptedException {
    String alone = weights(1);
    assertThat(alone).matches("[0-9a-f]{1,8}");
    assertThat(weights(2)).isEqualTo(alone);
    assertThat(weights(4)).isEqualTo(alone);
  }

  private static String weights(int threads) throws IOException, InterruptedException {
    return ChildJvm.run(Weights.class, "-Dautograd.threads=" + threads);
  }
}
