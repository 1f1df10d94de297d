package dev.autograd.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreshStartTest {

  private static boolean isRight(String line) {
    return new FreshStart(100, line, "").isRight();
  }

  @Test
  void aLineIsTheGradientOrNot() {
    assertThat(isRight("-0.00624796")).isTrue();
    assertThat(isRight("-0.0062481")).isFalse();
    assertThat(isRight("NaN")).isFalse();
    assertThat(isRight("Error: Could not find or load main class")).isFalse();
    assertThat(isRight("")).isFalse();
  }

  @Test
  void knowsLinesOfTheVirtualMachine() {
    assertThat(
            FreshStart.isOfVirtualMachine("WARNING: Using incubator modules: jdk.incubator.vector"))
        .isTrue();
    assertThat(FreshStart.isOfVirtualMachine("[0.021s][error][cds] Mismatched values")).isTrue();
    assertThat(FreshStart.isOfVirtualMachine("-0.006247958168387413")).isFalse();
  }

  @Test
  void whatIsComputedIsRight() {
    assertThat(isRight(String.valueOf(FirstGradient.value()))).isTrue();
  }
}
