package dev.autograd.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CaseTest {

  @Test
  void namesSelectByTheirBeginning() {
    assertThat(Case.matching("W1")).hasSize(4);
    assertThat(Case.matching("W1b64")).containsExactly(Case.W1B64_F32, Case.W1B64_F64);
    assertThat(Case.matching("W4")).hasSize(3);
    assertThat(Case.matching("all")).containsExactly(Case.values());
    assertThatThrownBy(() -> Case.matching("W9")).hasMessageContaining("no workload \"W9\"");
  }

  @Test
  void aTimeIsInTheUnitOfTheCase() {
    assertThat(Case.W1B4_F32.time(5_000)).isEqualTo(5);
    assertThat(Case.W3_F64.time(5_000_000)).isEqualTo(5);
    assertThat(Case.W4_D100000.time(3e6)).isEqualTo(10);
  }

  @Test
  void aValueBeyondToleranceIsWrong() {
    Check check = new Check("loss7", "loss", 7, -2, 0.01);
    assertThat(check.accepts(-2.015)).isTrue();
    assertThat(check.accepts(-1.97)).isFalse();
    assertThat(check.accepts(2)).isFalse();
    assertThat(check.accepts(Double.NaN)).isFalse();
  }
}
