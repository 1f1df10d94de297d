package dev.autograd.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlantedBugsTest {

  @Test
  void comeFamilyByFamily() {
    assertThat(PlantedBugs.all())
        .extracting(PlantedBug::name)
        .containsExactlyElementsOf(
            Arrays.stream(BugFamily.values())
                .flatMap(family -> PlantedBugs.of(family).stream())
                .map(PlantedBug::name)
                .toList());
  }

  @Test
  void areAtUntrackedInputsOfDoublePrecision() {
    assertThat(
            Stream.concat(
                PlantedBugs.all().stream().flatMap(bug -> bug.at().stream()),
                RightGradients.all().stream().flatMap(right -> right.at().stream())))
        .allMatch(x -> x.dtype() == DType.F64 && !x.requiresGrad());
  }

  @Test
  void ofMemoryAreMadeAnew() {
    assertThat(PlantedBugs.of(BugFamily.MEMORY))
        .allSatisfy(bug -> assertThat(bug.wrong().get()).isNotSameAs(bug.wrong().get()));
  }

  @Test
  void haveDerivatives() {
    for (PlantedBug bug : PlantedBugs.all()) {
      Tensor y = bug.right().get().apply(bug.at().stream().map(Tensor::withGrad).toList());
      assertThat(y.requiresGrad()).as(bug.name()).isTrue();
    }
  }

  /** Apart from what a checker can see: the gradients of bug and twin are not the same. */
  @Test
  void ofTheFirstOrderDifferFromTheirTwins() {
    for (PlantedBug bug : PlantedBugs.all()) {
      if (bug.order() == 1 && bug.family() != BugFamily.MEMORY) {
        double[] wrong = gradients(bug.wrong().get(), bug.at());
        double[] right = gradients(bug.right().get(), bug.at());
        assertThat(IntStream.range(0, right.length))
            .as(bug.name())
            .anyMatch(i -> !(Math.abs(wrong[i] - right[i]) <= 1e-8 * Math.abs(right[i])));
      }
    }
  }

  @Test
  void haveTwinsWithFiniteGradients() {
    for (PlantedBug bug : PlantedBugs.all()) {
      assertThat(gradients(bug.right().get(), bug.at()))
          .as(bug.name())
          .matches(g -> Arrays.stream(g).allMatch(Double::isFinite));
    }
  }

  /** Returns the gradients of all inputs in a row, for a random upstream gradient. */
  private static double[] gradients(Function<List<Tensor>, Tensor> f, List<Tensor> at) {
    List<Tensor> x = at.stream().map(Tensor::withGrad).toList();
    Tensor y = f.apply(x);
    Tensor seed = Tensor.normal(new Random(5), DType.F64, y.shape().toArray());
    Gradients gradients = Autograd.grad(y, x, GradOptions.defaults().allowUnused().seed(seed));
    return x.stream()
        .flatMapToDouble(input -> Arrays.stream(gradients.of(input).toDoubleArray()))
        .toArray();
  }
}
