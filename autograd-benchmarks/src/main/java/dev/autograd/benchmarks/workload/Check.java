package dev.autograd.benchmarks.workload;

/**
 * A number that every engine must arrive at before its times count.
 *
 * @param name the name in rows, such as {@code loss1000}
 * @param quantity what is read, such as {@code loss}; see {@link Workload#value}
 * @param steps after how many steps from the start
 * @param expected the value
 * @param tolerance by which share of the expected value it may differ
 */
public record Check(String name, String quantity, int steps, double expected, double tolerance) {

  /** Returns whether a value is near enough; NaN never is. */
  public boolean accepts(double value) {
    return Math.abs(value - expected) <= tolerance * Math.abs(expected);
  }

  static Check loss(int steps, double expected, double tolerance) {
    return new Check("loss" + steps, "loss", steps, expected, tolerance);
  }

  static Check value(String quantity, double expected, double tolerance) {
    return new Check(quantity, quantity, 1, expected, tolerance);
  }
}
