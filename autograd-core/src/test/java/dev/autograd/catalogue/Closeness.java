package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * Comparison of blocks: shapes exactly, numbers within a bound relative to the block's magnitude.
 */
final class Closeness {

  private Closeness() {}

  static void assertClose(String what, Grid actual, Grid expected, double bound) {
    assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
    double allowed = bound * Math.max(1, expected.magnitude());
    for (int i = 0; i < expected.size(); i++) {
      double a = actual.flat(i);
      double e = expected.flat(i);
      boolean close = Double.compare(a, e) == 0 || Math.abs(a - e) <= allowed;
      assertThat(close)
          .as(
              "%s: element %d is %s and should be %s within %s%nactual   %s%nexpected %s",
              what, i, a, e, allowed, actual, expected)
          .isTrue();
    }
  }

  static void assertAllClose(String what, List<Grid> actual, List<Grid> expected, double bound) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertClose(what + ", operand " + i, actual.get(i), expected.get(i), bound);
    }
  }
}
