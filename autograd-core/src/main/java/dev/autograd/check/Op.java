package dev.autograd.check;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The operation under contract.
 *
 * @param seed where upstream gradients are drawn from
 */
record Op(String name, Function<List<Tensor>, Tensor> function, long seed) {

  Tensor on(List<Tensor> operands) {
    Tensor result = function.apply(List.copyOf(operands));
    if (result == null) {
      throw new Broken("it returned null");
    }
    return result;
  }

  /**
   * Returns an upstream gradient with random signs and sizes.
   *
   * @param draw the number of the draw: another one gives other numbers
   */
  Tensor upstream(Tensor output, int draw) {
    SplittableRandom random = new SplittableRandom(seed + draw);
    double[] values =
        random
            .doubles(output.size(), -1, 1)
            .map(u -> (float) (u + Math.copySign(0.5, u)))
            .toArray();
    return Tensor.wrap(output.shape(), values).to(output.dtype());
  }

  /** Returns the gradients of {@code Σ upstream · output}, one per floating operand. */
  List<Tensor> gradients(Sample sample, List<Tensor> operands, Tensor output, Tensor upstream) {
    List<Tensor> leaves = sample.floats(operands);
    Gradients gradients =
        Autograd.grad(output, leaves, GradOptions.defaults().allowUnused().seed(upstream));
    return leaves.stream().map(gradients::of).toList();
  }

  /** Returns how messages call the gradient of a floating operand. */
  static String gradientOf(Sample sample, int floating) {
    return "the gradient of operand " + sample.floating().get(floating);
  }
}
