package dev.autograd.check;

import dev.autograd.check.Finding.Verdict;
import java.util.List;

/**
 * What a check of an {@link OpContract} found. {@link #toString()} is meant to be read.
 *
 * @param op the name of the operation
 * @param seed the seed of samples and upstream gradients, which repeats the check exactly
 * @param findings one per clause, in the order of {@link Clause}
 */
public record ContractReport(String op, long seed, List<Finding> findings) {

  /** Copies the list. */
  public ContractReport {
    findings = List.copyOf(findings);
  }

  /** Returns whether no clause is broken. */
  public boolean passed() {
    return failed().isEmpty();
  }

  /** Returns the broken clauses. */
  public List<Clause> failed() {
    return clauses(Verdict.FAILED);
  }

  /** Returns the clauses that were not judged. */
  public List<Clause> leftOut() {
    return clauses(Verdict.LEFT_OUT);
  }

  private List<Clause> clauses(Verdict verdict) {
    return findings.stream()
        .filter(finding -> finding.verdict() == verdict)
        .map(Finding::clause)
        .toList();
  }

  /** Returns what was found about a clause. */
  public Finding of(Clause clause) {
    return findings.stream()
        .filter(finding -> finding.clause() == clause)
        .findFirst()
        .orElseThrow();
  }

  /** Returns a one-line summary, one line per clause, and below a broken one what to do next. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("contract of '" + op + "' ");
    text.append(passed() ? "kept" : "broken: " + String.join(", ", names(failed())));
    text.append(" (seed ").append(seed).append(")\n");
    for (Finding finding : findings) {
      text.append("\n  ").append(line(finding));
    }
    return text.toString();
  }

  private static List<String> names(List<Clause> clauses) {
    return clauses.stream().map(Clause::toString).toList();
  }

  private static String line(Finding finding) {
    Clause clause = finding.clause();
    String name = clause.toString();
    String start = name + " ".repeat(WIDTH - name.length());
    return switch (finding.verdict()) {
      case PASSED -> start + "passed    " + finding.text();
      case LEFT_OUT -> start + "left out  " + finding.text();
      case FAILED -> {
        String indent = "\n" + " ".repeat(WIDTH + 12);
        String text = finding.text().strip().replaceAll("\n\\s*", indent);
        yield start + "FAILED    " + text + indent + "next: " + clause.advice();
      }
    };
  }

  /** The longest name of a clause, and two spaces. */
  private static final int WIDTH = 19;
}
