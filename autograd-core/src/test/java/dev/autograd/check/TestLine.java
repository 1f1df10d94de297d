package dev.autograd.check;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A line along a function of one number, which is not defined where that is NaN. */
record TestLine(DoubleUnaryOperator f, double deviation, double scale, List<Double> longer)
    implements Line {

  static TestLine of(DoubleUnaryOperator f) {
    return new TestLine(f, 0, 1, List.of());
  }

  TestLine withDeviation(double other) {
    return new TestLine(f, other, scale, longer);
  }

  TestLine withScale(double other) {
    return new TestLine(f, deviation, other, longer);
  }

  TestLine withLonger(List<Double> other) {
    return new TestLine(f, deviation, scale, other);
  }

  @Override
  public int direction() {
    return -1;
  }

  @Override
  public List<Integer> index() {
    return List.of(3, 4);
  }

  @Override
  public Extrapolation.@Nullable Change apply(double way) {
    double change = f.applyAsDouble(way) - f.applyAsDouble(0);
    return Double.isNaN(change) ? null : new Extrapolation.Change(change, deviation, Math.abs(way));
  }
}
