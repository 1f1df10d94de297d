package dev.autograd.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights after 200 steps of W2 do not depend on the run, nor on the number of threads. */
class SameBitsTest {

  /** Returns what is here: native libraries in the profile of that name only. */
  static List<BackEnd> backEnds() throws IOException {
    Stream<BackEnd> always = Stream.of(BackEnd.SCALAR, Jvm.current().best()).distinct();
    boolean libraries = BackEnd.NATIVE.label().equals(System.getProperty("autograd.backend"));
    return Stream.concat(always, libraries ? Stream.of(BackEnd.NATIVE) : Stream.empty()).toList();
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void ofTwoRunsOnOneTwoAndFourThreads(BackEnd backEnd) throws IOException {
    SameBits result = SameBits.run(Contender.of(Jvm.current(), backEnd), 2);
    assertThat(result.problem()).isEmpty();
    assertThat(result.hashes()).hasSize(1);
    assertThat(result.hashes().get(0)).matches("[0-9a-f]{1,8}");
    assertThat(result.valid()).isTrue();
  }

  @Test
  void aFallBackHasNoHash() throws IOException {
    Contender wrong =
        Contender.of(Jvm.current(), BackEnd.VECTOR).with(List.of("-Dautograd.backend=scalar"));
    SameBits result = SameBits.run(wrong, 1);
    assertThat(result.problem()).hasValue("vector was asked for, and \"plain\" is in use");
    assertThat(result.valid()).isFalse();
  }
}
