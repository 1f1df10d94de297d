package dev.autograd.check;

/**
 * What a check of an {@link OpContract} found about one clause.
 *
 * @param clause the clause
 * @param verdict how it was judged
 * @param text what it was judged on, what is wrong, or why it was left out
 */
public record Finding(Clause clause, Verdict verdict, String text) {

  /** How a clause was judged. */
  public enum Verdict {
    /** It holds. */
    PASSED,
    /** It is broken. */
    FAILED,
    /** It was not judged: for the given reason, or because a clause it rests on failed. */
    LEFT_OUT
  }

  static Finding passed(Clause clause, String text) {
    return new Finding(clause, Verdict.PASSED, text);
  }

  static Finding failed(Clause clause, String text) {
    return new Finding(clause, Verdict.FAILED, text);
  }

  static Finding leftOut(Clause clause, String reason) {
    return new Finding(clause, Verdict.LEFT_OUT, reason);
  }
}
