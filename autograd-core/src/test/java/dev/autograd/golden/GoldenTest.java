package dev.autograd.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.autograd.array.DType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values and derivatives against the golden files: cases computed by software that is not part of
 * this project. Strict cases must match within the tolerances of the files' README; cases about a
 * choice must match or be a {@link Deviation}; gradients at special values inform. A failure names
 * every failing case.
 */
class GoldenTest {

  @Test
  void operations() {
    assertThat(Tally.of("op").tryAll(Replay::of).failures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"program", "seed_note", "hessian", "jacobian", "higher"})
  void programs(String kind) {
    assertThat(Tally.of(kind).tryAll(Replay::of).failures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar_ref", "scalar_ref2"})
  void fiftyDigitReferences(String kind) {
    assertThat(Tally.of(kind).tryAll(References::compare).failures()).isEmpty();
  }

  @Test
  void refusals() {
    assertThat(Tally.of("error").tryAll(GoldenTest::refusal).failures()).isEmpty();
  }

  private static Findings refusal(GoldenCase golden, Map<String, GoldenOps.Op> operations) {
    Throwable thrown = catchThrowable(() -> Run.of(golden, operations, DType.F64));
    assertThat(thrown)
        .as(golden.json().get("desc").asText())
        .isInstanceOfAny(IllegalArgumentException.class, IndexOutOfBoundsException.class);
    String message = String.valueOf(thrown.getMessage());
    assertThat(named(golden))
        .as("names that may begin \"%s\"", message)
        .anyMatch(message.toLowerCase(Locale.ROOT)::startsWith);
    return new Findings(golden);
  }

  /** A message names the operation, the wrong attribute, or the impossible shape. */
  private static Set<String> named(GoldenCase golden) {
    Set<String> names = new TreeSet<>(Json.names(golden.json().get("attrs")));
    names.add(golden.op());
    return names.stream()
        .map(name -> name.replace("_", "") + (name.equals("shape") ? " [" : ": "))
        .collect(Collectors.toSet());
  }
}
