package dev.autograd.examples.points;

import dev.autograd.Tensor;
import java.util.random.RandomGenerator;

/** Points on arms that wind around each other, so that no line separates them. Immutable. */
public final class Spiral {

  private static final double TURN = 4.5;
  private static final double NOISE = 0.15;

  private final Tensor points;
  private final int[] arms;

  private Spiral(Tensor points, int... arms) {
    this.points = points;
    this.arms = arms;
  }

  /** Returns the points, {@code [n, 2]}. */
  public Tensor points() {
    return points;
  }

  /** Returns the arm of each point, from 0, as a copy. */
  public int[] arms() {
    return arms.clone();
  }

  /**
   * Returns as many points on each arm, at places drawn by lot.
   *
   * @param arms the number of arms
   * @param perArm the points on each
   */
  public static Spiral draw(int arms, int perArm, RandomGenerator random) {
    double[][] points = new double[arms * perArm][];
    int[] arm = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      arm[i] = i % arms;
      double radius = random.nextDouble();
      double angle = TURN * radius + 2 * Math.PI * arm[i] / arms + NOISE * random.nextGaussian();
      points[i] = new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
    }
    return new Spiral(Tensor.of(points), arm);
  }
}
