package dev.autograd.kernel.scalar;

/**
 * The lines along the middle axis of {@code [outer, length, inner]}, numbered in the order of their
 * results, {@code [outer, inner]}: the elements of one lie {@code inner} apart, and those of one
 * and the next lie side by side until {@code inner} lines are over.
 */
final class Lines {

  private Lines() {}

  /** Returns the index of the first element of a line. */
  static int start(int line, int length, int inner) {
    return line / inner * length * inner + line % inner;
  }

  /** Returns how many lines, this one included and below {@code to}, lie side by side from here. */
  static int neighbours(int line, int inner, int to) {
    return Math.min(inner - line % inner, to - line);
  }
}
