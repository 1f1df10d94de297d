package dev.autograd.check;

/** How accurately a function computes, and the steps that go with it. */
enum Precision {
  /**
   * Over a step of a part h of the length on which a function changes, truncation leaves the fourth
   * power of h, rounding the inverse; they meet near 1/128.
   */
  DOUBLE(0x1p-52, -7, 0x1p-22) {
    @Override
    double lastPlace(double value) {
      return Math.ulp(value);
    }

    @Override
    double round(double value) {
      return value;
    }
  },
  /** There is more rounding: truncation and it meet at longer steps. */
  SINGLE(0x1p-23, -3, 0x1p-10) {
    @Override
    double lastPlace(double value) {
      return Math.ulp((float) value);
    }

    @Override
    double round(double value) {
      return (float) value;
    }
  };

  private final double epsilon;
  private final int firstStep;
  private final double spacing;

  Precision(double epsilon, int firstStep, double spacing) {
    this.epsilon = epsilon;
    this.firstStep = firstStep;
    this.spacing = spacing;
  }

  /** Returns the distance from 1 to the next number. */
  double epsilon() {
    return epsilon;
  }

  /** Returns the first step to try, relative, as an exponent of two. */
  int firstStep() {
    return firstStep;
  }

  /**
   * Returns the relative distance of points at which noise is measured: together they span so
   * little that any smooth function is a parabola there, but for rounding.
   */
  double spacing() {
    return spacing;
  }

  /** Returns the distance to the next number. */
  abstract double lastPlace(double value);

  /** Returns the number of this precision that is nearest. */
  abstract double round(double value);
}
