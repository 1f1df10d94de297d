package dev.autograd.check;

import java.util.List;

/**
 * What a {@link GradientCheck} found: per order and input, how many derivatives got which verdict,
 * and which are worst. {@link #toString()} is meant to be read, {@link #toJson()} to be parsed.
 *
 * @param order the order that was asked for; one is checked only if those below it pass
 * @param seed the seed of the check, which repeats it exactly
 * @param inputs the findings, in the order of the inputs, those of order 1 first
 * @param blames the operations whose own pullbacks are wrong, in the order they ran; looked for if
 *     a derivative is wrong
 * @param stops the lines of the user's code at which gradients were stopped, as far as that was
 *     looked for: if derivatives seemed wrong
 * @param undissected why the operations could not be checked one by one for blame; empty if they
 *     were, or there was no need
 */
public record GradientReport(
    int order,
    long seed,
    List<CheckedInput> inputs,
    List<Blame> blames,
    List<String> stops,
    String undissected) {

  /** Copies the lists. */
  public GradientReport {
    inputs = List.copyOf(inputs);
    blames = List.copyOf(blames);
    stops = List.copyOf(stops);
  }

  /** Returns whether no derivative has a verdict that fails the check. */
  public boolean passed() {
    return inputs.stream().allMatch(CheckedInput::passed);
  }

  /** Returns how many derivatives were checked; those of all orders count. */
  public int elements() {
    return inputs.stream().mapToInt(CheckedInput::elements).sum();
  }

  /** Returns how many of them fail the check. */
  public int failed() {
    return inputs.stream().mapToInt(CheckedInput::failed).sum();
  }

  /** Returns how many of them got a verdict. */
  public int count(Verdict verdict) {
    return inputs.stream().mapToInt(input -> input.count(verdict)).sum();
  }

  /** Returns one line: whether the check passed, how many derivatives, and the worst one. */
  public String summary() {
    return new ReportText(this).summary();
  }

  /** Returns the {@link #summary()}, a table with the worst first, and what to do next. */
  @Override
  public String toString() {
    return new ReportText(this).print();
  }

  /**
   * Returns the report as one JSON object (RFC 8259). Numbers that are not finite are strings, as
   * {@code "NaN"}.
   */
  public String toJson() {
    return ReportJson.of(this);
  }
}
