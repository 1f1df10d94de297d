package dev.autograd.nn.metrics;

/**
 * Number, mean and squared deviations of what was added, without the cancellation of {@code Σx² -
 * (Σx)²/n}. Equal numbers have deviations of exactly 0.
 *
 * <p>Source: Welford, Note on a method for calculating corrected sums of squares and products,
 * 1962; for parts, Chan, Golub and LeVeque, Updating formulae, 1979.
 *
 * @param deviations {@code Σ(x - mean)²}
 */
record Moments(long count, double mean, double deviations) {

  static final Moments NONE = new Moments(0, 0, 0);

  Moments plus(double... values) {
    long n = count;
    double m = mean;
    double squares = deviations;
    for (double value : values) {
      n++;
      double delta = value - m;
      m += delta / n;
      squares += delta * (value - m);
    }
    return new Moments(n, m, squares);
  }

  Moments plus(Moments other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    long n = count + other.count;
    double delta = other.mean - mean;
    double share = (double) other.count / n;
    return new Moments(
        n, mean + delta * share, deviations + other.deviations + delta * delta * count * share);
  }
}
