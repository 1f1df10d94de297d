package dev.autograd.examples.points;

import dev.autograd.Tensor;
import java.util.random.RandomGenerator;

/**
 * Points on arms that wind around each other, so that no line separates them.
 *
 * @param points {@code [n, 2]}
 * @param arms the arm of each point, from 0
 */
public record Spiral(Tensor points, int... arms) {

  private static final double TURN = 4.5;
  private static final double NOISE = 0.15;

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
