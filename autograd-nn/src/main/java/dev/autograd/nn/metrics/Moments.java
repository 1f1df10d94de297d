package dev.autograd.nn.metrics;

/**
 * Number, mean and squared deviations of what was added, without the cancellation of {@code Σx² -
 * (Σx)²/n}. All is measured from the first number, so that numbers far from 0 lose nothing either;
 * equal numbers have deviations of exactly 0.
 *
 * <p>Source: Welford, Note on a method for calculating corrected sums of squares and products,
 * 1962; for parts, Chan, Golub and LeVeque, Updating formulae, 1979.
 *
 * @param origin the first number
 * @param mean the mean of {@code x - origin}
 * @param deviations {@code Σ(x - origin - mean)²}
 */
record Moments(long count, double origin, double mean, double deviations) {

  static final Moments NONE = new Moments(0, 0, 0, 0);

  Moments plus(double... values) {
    if (values.length == 0) {
      return this;
    }
    long n = count;
    double first = n == 0 ? values[0] : origin;
    double m = mean;
    double squares = deviations;
    for (double value : values) {
      n++;
      double x = value - first;
      double delta = x - m;
      m += delta / n;
      squares += delta * (x - m);
    }
    return new Moments(n, first, m, squares);
  }

  Moments plus(Moments other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    long n = count + other.count;
    double delta = other.origin - origin + other.mean - mean;
    double share = (double) other.count / n;
    return new Moments(
        n,
        origin,
        mean + delta * share,
        deviations + other.deviations + delta * delta * count * share);
  }
}
