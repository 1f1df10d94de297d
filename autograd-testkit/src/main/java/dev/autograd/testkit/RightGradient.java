package dev.autograd.testkit;

import dev.autograd.Tensor;
import java.util.List;
import java.util.function.Function;

/**
 * A function with a right derivative that a checker by differences may take for a wrong one. It has
 * no memory and may be checked more than once.
 *
 * @param name unique in the corpus
 * @param trap what misleads a checker
 * @param reason why the gradient is right, as a sentence without a subject
 * @param function the function, with its right derivative
 * @param at the inputs, F64 and untracked
 * @param order up to which order the derivative is right: 1 or 2
 */
public record RightGradient(
    String name,
    Trap trap,
    String reason,
    Function<List<Tensor>, Tensor> function,
    List<Tensor> at,
    int order) {

  /** What misleads a checker. */
  public enum Trap {
    /** The slopes on both sides differ; the gradient is one of the conventions between them. */
    KINK("a kink"),
    /** The function ends at the input; a checker may refuse to judge, but not call it wrong. */
    BORDER("a border"),
    /** The derivative is exactly 0, and rounding is all that differences show. */
    ZERO("an exact zero"),
    /** Magnitudes far from 1, or far from each other. */
    SCALE("scale"),
    /** The value carries more noise than rounding its result brings. */
    NOISE("noise"),
    /** A part is detached, and rightly so: the derivative through it is 0. */
    CONSTANT_PART("a detached part without influence"),
    /**
     * A part is detached on purpose, as in straight-through estimators: the gradient is right by
     * definition, and not the slope. Differences can confirm it only with the part held constant.
     */
    STOPPED("a stopped gradient");

    private final String title;

    Trap(String title) {
      this.title = title;
    }

    /** Returns what pages call the trap. */
    public String title() {
      return title;
    }
  }

  /** Copies the list. */
  public RightGradient {
    at = List.copyOf(at);
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
