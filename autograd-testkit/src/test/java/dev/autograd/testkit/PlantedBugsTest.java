package dev.autograd.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
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
}
