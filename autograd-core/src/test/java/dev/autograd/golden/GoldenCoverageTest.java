package dev.autograd.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
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
  private static final Set<String> NOT_YET =
      Set.of(
          "acos",
          "acosh",
          "asin",
          "asinh",
          "atan",
          "atan2",
          "atanh",
          "avg_pool2d",
          "batch_norm",
          "ceil",
          "conv2d",
          "cosh",
          "cumprod",
          "cumsum",
          "diagonal",
          "einsum",
          "embedding",
          "erfc",
          "flip",
          "floor",
          "gather",
          "gelu_tanh",
          "hardtanh",
          "huber",
          "hypot",
          "index_select",
          "kl_div",
          "l1",
          "layer_norm",
          "log10",
          "log2",
          "logaddexp",
          "masked_fill",
          "max_pool2d",
          "max_select",
          "min_select",
          "mish",
          "nll",
          "norm",
          "pad",
          "relu6",
          "roll",
          "round",
          "scatter_add",
          "selu",
          "sinh",
          "smooth_l1",
          "softsign",
          "std",
          "tan",
          "tile",
          "trace",
          "tril",
          "triu",
          "trunc",
          "var");

  @Test
  void unboundOperationsAreThoseOnTheList() {
    Set<String> unbound = new TreeSet<>();
    GoldenFiles.all().forEach(golden -> unbound.addAll(golden.operations()));
    unbound.removeAll(GoldenOps.table().keySet());
    if (GoldenFiles.areCommitted()) {
      assertThat(unbound).isEqualTo(NOT_YET);
    } else {
      assertThat(NOT_YET).containsAll(unbound);
    }
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

  @Test
  void standInsStandOnlyForWhatDoesNotExist() {
    Set<String> both = new HashSet<>(StandIns.table().keySet());
    both.removeAll(NOT_YET);
    assertThat(both).isEmpty();
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
