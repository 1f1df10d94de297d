package dev.autograd.golden;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What became of a list of cases. */
final class Tally {

  private static final System.Logger LOG = System.getLogger("dev.autograd.golden");

  private final String name;
  private final List<GoldenCase> cases;
  private final Map<String, GoldenOps.Op> operations = GoldenOps.table();
  private final Map<String, Integer> skipped = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final List<String> informative = new ArrayList<>();
  private int passed;
  private int deviating;

  private Tally(String name, List<GoldenCase> cases) {
    this.name = name;
    this.cases = cases;
  }

  /** Returns the tally of all cases of a kind, which need every operation itself. */
  static Tally of(String kind) {
    return new Tally(kind, GoldenFiles.cases(kind));
  }

  /** Returns the tally of the strict cases of a kind. */
  static Tally ofStrict(String kind) {
    return new Tally(
        "strict " + kind, GoldenFiles.cases(kind).stream().filter(GoldenCase::isStrict).toList());
  }

  /** What is done with one case; returns what was found. */
  interface Trial {
    Findings of(GoldenCase golden, Map<String, GoldenOps.Op> operations);
  }

  /** Tries every case whose operations exist, and counts the others by what is missing. */
  Tally tryAll(Trial trial) {
    for (GoldenCase golden : cases) {
      Set<String> missing = new TreeSet<>(golden.operations());
      missing.removeAll(operations.keySet());
      if (missing.isEmpty()) {
        tryOne(golden, trial);
      } else {
        missing.forEach(op -> skipped.merge(op, 1, Integer::sum));
      }
    }
    return this;
  }

  private void tryOne(GoldenCase golden, Trial trial) {
    Findings findings;
    try {
      findings = trial.of(golden, operations);
    } catch (RuntimeException | AssertionError e) {
      failures.add(describe(golden) + e);
      return;
    }
    count(golden, findings);
  }

  private void count(GoldenCase golden, Findings findings) {
    findings
        .informative()
        .forEach(mismatch -> informative.add("\n  informs: " + golden.id() + " " + mismatch));
    if (!findings.failures().isEmpty()) {
      findings.failures().forEach(mismatch -> failures.add(describe(golden) + mismatch));
    } else if (findings.deviates()) {
      deviating++;
    } else {
      passed++;
    }
  }

  private static String describe(GoldenCase golden) {
    return golden.id() + " (" + golden.tier() + ") ";
  }

  /** Logs the counts and returns every failure, with the id of its case. */
  List<String> failures() {
    LOG.log(Level.INFO, this::summary);
    return failures;
  }

  private String summary() {
    long failed = failedCases();
    return "golden %s: %d cases, %d passed, %d with documented deviations,"
            .formatted(name, cases.size(), passed, deviating)
        + " %d failed, %d skipped %s".formatted(failed, skippedCases(failed), skipped)
        + String.join("", informative);
  }

  private long skippedCases(long failed) {
    return cases.size() - passed - deviating - failed;
  }

  /** Failures of one case follow each other and begin with its id. */
  private long failedCases() {
    return failures.stream().map(text -> text.substring(0, text.indexOf(' '))).distinct().count();
  }
}
