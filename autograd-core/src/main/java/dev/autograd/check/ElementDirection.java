package dev.autograd.check;

import java.util.List;

/** The direction in which one element grows. */
record ElementDirection(Block block, int element) implements Direction {

  @Override
  public List<Integer> index() {
    return Block.index(block.shape(), element);
  }

  @Override
  public int number() {
    return -1;
  }

  @Override
  public double scale() {
    return Steps.scale(block, element);
  }

  @Override
  public List<Double> longer() {
    return Steps.longer(block, element);
  }

  @Override
  public double[] from(double[] x, double way) {
    double[] moved = x.clone();
    moved[element] = block.precision().round(x[element] + way);
    return moved;
  }

  @Override
  public double gone(double[] x, double way) {
    return Math.abs(block.precision().round(x[element] + way) - x[element]);
  }

  @Override
  public double along(double[] gradient) {
    return gradient[element];
  }

  @Override
  public double accuracy(double[] bounds) {
    return bounds[element];
  }

  @Override
  public Place place(Block moving, double way) {
    return Place.moved(moving, element, way);
  }
}
