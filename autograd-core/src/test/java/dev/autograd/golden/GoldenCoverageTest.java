package dev.autograd.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Which golden operations are not replayed: those that do not exist here, and no others. */
class GoldenCoverageTest {

  /** Golden operations without a function here; a new function is bound in {@link GoldenOps}. */
  private static final Set<String> NOT_YET = unbound();

  private static Set<String> unbound() {
    Set<String> unbound = new TreeSet<>();
    GoldenFiles.all().forEach(golden -> unbound.addAll(golden.operations()));
    unbound.removeAll(GoldenOps.table().keySet());
    return unbound;
  }

  @Test
  void noFunctionHasTheNameOfAnOperationOnTheList() {
    Set<String> functions =
        Stream.of(Tensor.class, Losses.class)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .map(Method::getName)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    assertThat(NOT_YET)
        .as("a function that exists is bound in GoldenOps and taken off the list")
        .allSatisfy(op -> assertThat(functions).doesNotContain(op.replace("_", "")));
  }

  /** Shows up as skipped, with the counts, for as long as there is something to skip. */
  @Test
  void casesOfOperationsThatDoNotExistYet() {
    Map<String, Integer> counts = new TreeMap<>();
    for (GoldenCase golden : GoldenFiles.cases("op")) {
      if (NOT_YET.contains(golden.op())) {
        counts.merge(golden.op(), 1, Integer::sum);
      }
    }
    int total = counts.values().stream().mapToInt(Integer::intValue).sum();
    Assumptions.assumeTrue(
        counts.isEmpty(), () -> total + " golden cases of operations to come: " + counts);
  }
}
