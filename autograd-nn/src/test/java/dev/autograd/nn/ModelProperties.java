package dev.autograd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.Gradients;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.check.GradientCheck;
import dev.autograd.check.Verdict;
import dev.autograd.nn.data.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ModelProperties {

  private static Sequential model(Random random, int in, int hidden) {
    return Sequential.of(Dense.of(in, hidden, random), Tensor::tanh, Dense.of(hidden, 2, random));
  }

  @Property(tries = 30)
  void derivativesOfAModelPassTheCheck(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int hidden) {
    Random random = new Random(seed);
    Sequential model = model(random, 3, hidden);
    Tensor x = Tensor.normal(random, DType.F64, 5, 3);
    int[] classes = random.ints(5, 0, 2).toArray();
    GradientCheck.of(() -> Losses.crossEntropy(model.forward(x), classes))
        .at(model.parameters())
        .order(2)
        .allowing(Verdict.TOO_NOISY)
        .assertPasses();
  }

  @Property(tries = 50)
  void orderOfRowsDoesNotChangeTheGradientOfTheFullBatch(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int rows) {
    Random random = new Random(seed);
    Sequential model = model(random, 4, 3);
    Tensor x = Tensor.normal(random, DType.F64, rows, 4);
    Tensor y = Tensor.normal(random, DType.F64, rows, 2);
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
    Collections.shuffle(shuffled, random);
    int[] order = shuffled.stream().mapToInt(Integer::intValue).toArray();
    Gradients before = Autograd.grad(Losses.mse(model.forward(x), y), model.parameters());
    Gradients after =
        Autograd.grad(
            Losses.mse(model.forward(Rows.of(x, order)), Rows.of(y, order)), model.parameters());
    for (Parameter p : model.parameters()) {
      assertThat(after.of(p).allClose(before.of(p), 1e-12, 1e-13)).isTrue();
    }
  }

  @Property(tries = 50)
  void snapshotAndLoadRestoreEveryBit(@ForAll long seed) {
    Random random = new Random(seed);
    Sequential model = model(random, 4, 3);
    Sequential other = model(random, 4, 3);
    Map<String, Tensor> saved = model.parameters().snapshot();
    other.parameters().load(saved);
    Tensor x = Tensor.normal(random, DType.F64, 6, 4);
    assertThat(other.forward(x).toDoubleArray()).isEqualTo(model.forward(x).toDoubleArray());
  }

  @Property(tries = 30)
  void smallModelIsTheLargeOneRounded(@ForAll long seed) {
    Sequential large = model(new Random(seed), 4, 3);
    Random random = new Random(seed);
    Sequential small =
        Sequential.of(
            Dense.of(DType.F32, 4, 3, random), Tensor::tanh, Dense.of(DType.F32, 3, 2, random));
    Tensor x = Tensor.normal(new Random(~seed), DType.F64, 6, 4);
    Tensor exact = large.forward(x);
    Tensor rounded = small.forward(x.to(DType.F32)).to(DType.F64);
    assertThat(rounded.allClose(exact, 1e-5, 1e-6)).isTrue();
  }
}
