package dev.autograd.examples.physics;

import dev.autograd.Tensor;
import java.util.List;

/**
 * The equations of Lotka and Volterra: hares grow and are eaten, lynxes starve and eat.
 *
 * <pre>
 * hares'  =  birth hares - hunt hares lynxes
 * lynxes' = -death lynxes + feed hares lynxes
 * </pre>
 *
 * @param rates birth, hunt, death and feed, {@code [4]}
 */
public record PredatorsAndPrey(Tensor rates) {

  /** The names of the rates, in their order. */
  public static final List<String> NAMES = List.of("birth", "hunt", "death", "feed");

  /** The length of a step of the solver. */
  public static final double STEP = 0.05;

  /** Returns how hares and lynxes change: {@code [2] -> [2]}. */
  public Tensor slope(Tensor state) {
    Tensor hares = state.at(0);
    Tensor lynxes = state.at(1);
    Tensor eaten = hares.mul(lynxes);
    return Tensor.stack(
        0,
        rates.at(0).mul(hares).sub(rates.at(1).mul(eaten)),
        rates.at(3).mul(eaten).sub(rates.at(2).mul(lynxes)));
  }

  /**
   * Returns hares and lynxes over the time: {@code [2] -> [points, 2]}.
   *
   * @param start both at the beginning
   * @param every how many steps lie between two points
   */
  public Tensor populations(Tensor start, int every, int points) {
    return RungeKutta.solve(this::slope, start, STEP, every, points);
  }
}
