package dev.autograd.kernel;

/** The comparisons that make masks. With a NaN on either side all are false but {@link #NE}. */
public enum Comparison {
  /** x &gt; y. */
  GT,
  /** x ≥ y. */
  GE,
  /** x &lt; y. */
  LT,
  /** x ≤ y. */
  LE,
  /** x = y; 0 equals -0. */
  EQ,
  /** x ≠ y. */
  NE
}
