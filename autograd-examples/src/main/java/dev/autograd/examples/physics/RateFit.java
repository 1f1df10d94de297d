package dev.autograd.examples.physics;

import dev.autograd.Autograd;
import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.optim.Lbfgs;
import java.util.List;

/**
 * The rates under which the equations meet what was counted, by least squares, and how far they can
 * be trusted: the gradient goes back through every step of the solver, and so does the Hessian.
 *
 * @param rates the fitted rates, {@code [4]}
 * @param errors their standard errors, {@code [4]}: the roots of the diagonal of {@code 2 s² H⁻¹},
 *     with H the Hessian of the sum of squares and s² that sum per degree of freedom
 * @param result how the minimisation went
 */
public record RateFit(Tensor rates, Tensor errors, Lbfgs.Result result) {

  /** How many steps of the solver lie between two counts. */
  public static final int STEPS_PER_COUNT = 10;

  private static final int MOST_ITERATIONS = 200;

  /**
   * Returns the fit to counts.
   *
   * @param guess the rates to start from, {@code [4]}
   * @param counted hares and lynxes, {@code [points, 2]}; the first row is the start
   */
  public static RateFit of(Tensor guess, Tensor counted) {
    Parameter rates = Parameter.of("rates", guess);
    Lbfgs.Result result =
        Lbfgs.over(List.of(rates)).run(() -> misfit(rates, counted), MOST_ITERATIONS);
    return new RateFit(rates.detach(), errors(rates.detach(), counted), result);
  }

  /** Returns the sum of the squared differences, a scalar. */
  static Tensor misfit(Tensor rates, Tensor counted) {
    int points = counted.shape().dim(0);
    Tensor populations =
        new PredatorsAndPrey(rates).populations(counted.select(0, 0), STEPS_PER_COUNT, points);
    return populations.sub(counted).square().sum();
  }

  private static Tensor errors(Tensor rates, Tensor counted) {
    Tensor hessian = Autograd.hessian(r -> misfit(r, counted), rates);
    int freedom = counted.size() - 2 - rates.size();
    double variance = misfit(rates, counted).item() / freedom;
    return hessian.inverse().diagonal().mul(2 * variance).sqrt();
  }
}
