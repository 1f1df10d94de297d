package dev.autograd.check;

import java.util.List;

/** A direction in which all elements move. */
final class RandomDirection implements Direction {

  private final int number;
  private final double[] parts;

  RandomDirection(int number, double[] parts) {
    this.number = number;
    this.parts = parts;
  }

  @Override
  public List<Integer> index() {
    return List.of();
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public double scale() {
    return 1;
  }

  @Override
  public List<Double> longer() {
    return List.of();
  }

  @Override
  public double[] from(double[] x, double way) {
    double[] moved = x.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += way * parts[i];
    }
    return moved;
  }

  @Override
  public double gone(double[] x, double way) {
    return Math.abs(way);
  }

  @Override
  public double along(double[] gradient) {
    double sum = 0;
    for (int i = 0; i < parts.length; i++) {
      sum += gradient[i] * parts[i];
    }
    return sum;
  }

  @Override
  public double accuracy(double[] bounds) {
    double sum = 0;
    for (int i = 0; i < parts.length; i++) {
      sum += Math.abs(parts[i]) * bounds[i];
    }
    return sum;
  }

  @Override
  public Place place(Block moving, double way) {
    return Place.along(moving, way);
  }
}
