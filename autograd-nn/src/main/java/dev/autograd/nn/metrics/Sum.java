package dev.autograd.nn.metrics;

/**
 * A sum that carries along what rounding took from it, and is right to about one rounding unless
 * its terms cancel. Numbers added one after the other give the same bits in any division.
 *
 * <p>Source: Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen,
 * 1974.
 *
 * @param rounded the sum of the terms, rounded at each step
 * @param lost what the roundings took away
 */
record Sum(double rounded, double lost) {

  static final Sum ZERO = new Sum(0, 0);

  Sum plus(double... terms) {
    double sum = rounded;
    double rest = lost;
    for (double term : terms) {
      double next = sum + term;
      rest += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
      sum = next;
    }
    return new Sum(sum, rest);
  }

  Sum plus(Sum other) {
    return plus(other.rounded, other.lost);
  }

  double value() {
    // Of a sum that is too large, infinity minus infinity was lost.
    return Double.isInfinite(rounded) ? rounded : rounded + lost;
  }
}
