package dev.autograd.golden;

import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What comparing one case with its run has brought to light. */
final class Findings {

  private final GoldenCase golden;
  private final List<Mismatch> failures = new ArrayList<>();
  private final List<Mismatch> deviating = new ArrayList<>();
  private final List<Mismatch> informative = new ArrayList<>();

  Findings(GoldenCase golden) {
    this.golden = golden;
  }

  /** Compares with the suggested tolerance of the kind of case, times a factor. */
  void compare(Mismatch.Quantity quantity, double[] expected, Tensor actual, double factor) {
    boolean single = golden.kind().equals("op");
    double condition = single ? 1 : golden.condition();
    add(Mismatch.between(quantity, expected, actual.toDoubleArray(), condition * factor));
  }

  /** Sorts mismatches into failures, documented deviations and those that only inform. */
  void add(List<Mismatch> mismatches) {
    for (Mismatch mismatch : mismatches) {
      if (golden.isStrict()) {
        failures.add(mismatch);
      } else if (Deviation.all().stream().anyMatch(row -> row.explains(golden, mismatch))) {
        deviating.add(mismatch);
      } else if (golden.tier().equals("special") && !isValue(mismatch)) {
        informative.add(mismatch);
      } else {
        failures.add(mismatch);
      }
    }
  }

  private static boolean isValue(Mismatch mismatch) {
    return mismatch.quantity().kind().equals("value");
  }

  List<Mismatch> failures() {
    return failures;
  }

  boolean deviates() {
    return !deviating.isEmpty();
  }

  List<Mismatch> informative() {
    return informative;
  }
}
