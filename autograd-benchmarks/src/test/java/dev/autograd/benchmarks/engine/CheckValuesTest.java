package dev.autograd.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.benchmarks.measure.Timing;
import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.Check;
import dev.autograd.benchmarks.workload.Engine;
import dev.autograd.benchmarks.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The check values of the workloads that are quick, and that of W3 before its first step; those of
 * W2 after a few steps are what PyTorch prints.
 */
class CheckValuesTest {

  private static final Engine ENGINE = Engine.named("autograd");

  @ParameterizedTest
  @EnumSource(
      names = {
        "W1B4_F32",
        "W1B4_F64",
        "W1B64_F32",
        "W1B64_F64",
        "W2_F32",
        "W2_F64",
        "W4_D1000",
        "W4_D100000",
        "W5_F32",
        "W5_F64",
        "W6_F64"
      })
  void areRight(Case which) {
    requireRight(which, which.checks());
  }

  @Test
  void ofW3AreRightBeforeTheFirstStep() {
    requireRight(Case.W3_F32, Case.W3_F32.checks().subList(0, 1));
  }

  @Test
  void ofW2AreRightAfterAFewSteps() {
    requireRight(
        Case.W2_F32,
        List.of(
            new Check("loss0", "loss", 0, 2.542756, 1e-5),
            new Check("loss5", "loss", 5, 2.277344, 1e-5)));
  }

  @Test
  void aResetIsAFreshStart() {
    try (Workload workload = ENGINE.open(Case.W1B4_F64)) {
      double before = workload.value("loss");
      workload.step();
      assertThat(workload.value("loss")).isNotEqualTo(before);
      workload.reset();
      assertThat(workload.value("loss")).isEqualTo(before);
    }
  }

  @Test
  void anUnknownQuantityIsRefused() {
    for (Case which : List.of(Case.W1B4_F32, Case.W4_D1000, Case.W6_F64)) {
      assertThatThrownBy(() -> ENGINE.open(which).value("speed")).hasMessageContaining("speed");
    }
  }

  private static void requireRight(Case which, List<Check> checks) {
    try (Workload workload = ENGINE.open(which)) {
      List<Double> values = Timing.values(workload, checks);
      for (int i = 0; i < checks.size(); i++) {
        assertThat(checks.get(i).accepts(values.get(i)))
            .as("%s %s = %s", which, checks.get(i), values.get(i))
            .isTrue();
      }
    }
  }
}
