package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which line of a stack is the one that messages name. */
class SourceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.ArrayList",
        "jdk.internal.misc.VM",
        "dev.autograd.Source",
        "dev.autograd.Tensor",
        "dev.autograd.array.Shape",
        "dev.autograd.check.OpContract",
        "dev.autograd.kernel.Unary",
        "dev.autograd.kernel.scalar.F64Unary"
      })
  void theJdkAndTheLibraryArePassedOver(String name) throws Exception {
    assertThat(Source.isSkipped(Class.forName(name))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.autograd.SourceTest",
        "dev.autograd.check.RightOps",
        "dev.autograd.kernel.scalar.DerivationTest",
        "dev.autograd.catalogue.Grid",
        "org.junit.jupiter.api.Assertions"
      })
  void testsAndOtherLibrariesAreNot(String name) throws Exception {
    assertThat(Source.isSkipped(Class.forName(name))).isFalse();
  }

  /** As those that the JVM makes up for lambdas, of whoever's. */
  @Test
  void aClassWithoutAFileCountsAsThePackagesOwn() {
    Runnable lambda = () -> {};
    assertThat(Source.isSkipped(lambda.getClass())).isTrue();
  }

  @Test
  void theLineIsTheCallers() {
    assertThat(Source.line())
        .startsWith("dev.autograd.SourceTest.theLineIsTheCallers(SourceTest.java:");
  }
}
