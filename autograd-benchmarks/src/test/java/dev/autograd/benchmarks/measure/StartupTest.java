package dev.autograd.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartupTest {

  @Test
  void aLineIsTheGradientOrNot() {
    assertThat(Startup.isRight("-0.00624796")).isTrue();
    assertThat(Startup.isRight("-0.0062481")).isFalse();
    assertThat(Startup.isRight("NaN")).isFalse();
    assertThat(Startup.isRight("Error: Could not find or load main class")).isFalse();
    assertThat(Startup.isRight("")).isFalse();
  }

  @Test
  void knowsLinesOfTheVirtualMachine() {
    assertThat(Startup.isOfVirtualMachine("WARNING: Using incubator modules: jdk.incubator.vector"))
        .isTrue();
    assertThat(Startup.isOfVirtualMachine("[0.021s][error][cds] Mismatched values")).isTrue();
    assertThat(Startup.isOfVirtualMachine("-0.006247958168387413")).isFalse();
  }
}
