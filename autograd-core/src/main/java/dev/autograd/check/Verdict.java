package dev.autograd.check;

import java.util.Comparator;
import java.util.List;

/** What a gradient check found about one derivative. */
public enum Verdict {

  /** Analytic and numeric derivative agree, as closely as the numbers can tell. */
  CORRECT("correct"),

  /** They differ by more than rounding, truncation and the tolerance explain. */
  WRONG("wrong"),

  /**
   * The slopes to the left and to the right differ, and the analytic derivative lies between them,
   * ends included: a convention, not an error. {@link CheckedElement#convention()} names it.
   */
  KINK("kink"),

  /**
   * The two agree, but the derivative is so small, or the function so noisy, that their agreement
   * says little: hardly the sign was verified.
   */
  TOO_NOISY("too noisy to tell"),

  /**
   * There is no derivative here: the function jumps, its slope grows without bound, or it is not
   * defined or not finite on one side or both.
   */
  NOT_DIFFERENTIABLE("not differentiable or not finite here"),

  /**
   * The function moves through {@link dev.autograd.Tensor#detach()} or {@link
   * dev.autograd.Autograd#noGrad}, which the analytic derivative leaves out, as it should; with
   * those parts counted, the two agree.
   */
  STOPPED("stop-gradient");

  /** From what is least to worry about to what is most. */
  static final Comparator<Verdict> GRAVITY =
      Comparator.comparingInt(
          List.of(CORRECT, STOPPED, KINK, NOT_DIFFERENTIABLE, TOO_NOISY, WRONG)::indexOf);

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** Returns the words that reports use. */
  @Override
  public String toString() {
    return text;
  }
}
