package dev.autograd.check;

import java.util.List;

/**
 * What a {@link GradientCheck} found: per order and input, how many elements disagree and which one
 * is worst. {@link #toString()} is meant to be read.
 *
 * @param order the order that was asked for; the second is not checked if the first fails
 * @param seed the seed of the projection, which repeats the check exactly
 * @param inputs the findings, in the order of the inputs, those of order 1 first
 */
public record GradientReport(int order, long seed, List<CheckedInput> inputs) {

  /** Copies the list. */
  public GradientReport {
    inputs = List.copyOf(inputs);
  }

  /** Returns whether every element agrees with its central difference. */
  public boolean passed() {
    return inputs.stream().allMatch(CheckedInput::passed);
  }

  /** Returns how many elements were checked; those of both orders count. */
  public int elements() {
    return inputs.stream().mapToInt(CheckedInput::elements).sum();
  }

  /** Returns how many elements disagree. */
  public int failed() {
    return inputs.stream().mapToInt(CheckedInput::failed).sum();
  }

  /**
   * Returns how many elements agree only because their derivative is too small to tell from
   * rounding; see {@link CheckedElement#undecided()}.
   */
  public int undecided() {
    return inputs.stream().mapToInt(CheckedInput::undecided).sum();
  }

  /** Returns a one-line summary, a table with the worst input first, and what to do next. */
  @Override
  public String toString() {
    return new ReportText(this).print();
  }
}
