package dev.autograd.examples.physics;

import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The classical method of Runge and Kutta for {@code y' = f(y)}, of fourth order. It is arithmetic
 * on tensors and nothing else, so that whatever f depends on can be differentiated through it.
 *
 * <p>Source: Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I, section II.1.
 */
public final class RungeKutta {

  private RungeKutta() {}

  /**
   * Returns the solution at the times 0, every·h, 2·every·h, …: {@code [n] -> [points, n]}.
   *
   * @param f the slope of each state
   * @param start the state at the time 0, {@code [n]}
   * @param h the length of a step
   * @param every how many steps lie between two points
   * @param points how many states are returned, the first one included
   */
  public static Tensor solve(
      UnaryOperator<Tensor> f, Tensor start, double h, int every, int points) {
    List<Tensor> states = new ArrayList<>(List.of(start));
    Tensor y = start;
    while (states.size() < points) {
      for (int i = 0; i < every; i++) {
        y = step(f, y, h);
      }
      states.add(y);
    }
    return Tensor.stack(0, states);
  }

  /** Returns the state one step later. */
  static Tensor step(UnaryOperator<Tensor> f, Tensor y, double h) {
    Tensor k1 = f.apply(y);
    Tensor k2 = f.apply(y.add(k1.mul(h / 2)));
    Tensor k3 = f.apply(y.add(k2.mul(h / 2)));
    Tensor k4 = f.apply(y.add(k3.mul(h)));
    return y.add(k1.add(k2.mul(2)).add(k3.mul(2)).add(k4).mul(h / 6));
  }
}
