package dev.autograd.catalogue;

import static dev.autograd.catalogue.EdgeValues.assertNumbers;
import static dev.autograd.catalogue.EdgeValues.gradient;
import static dev.autograd.catalogue.EdgeValues.hessianRow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Values and slopes at kinks, poles, borders and infinities: what the documentation promises there.
 */
class EdgeValueTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  @Test
  void extremesShareTheirGradientAmongEquals() {
    assertNumbers(gradient(Tensor::max, 1, 3, 3), 0, 0.5, 0.5);
    assertNumbers(gradient(Tensor::min, 1, 1, 1, 4), 1 / 3.0, 1 / 3.0, 1 / 3.0, 0);
    assertNumbers(gradient(x -> x.max(0), INF, 2, INF), 0.5, 0, 0.5);
    assertNumbers(gradient(Tensor::max, -INF, -INF), 0.5, 0.5);
    assertNumbers(gradient(Tensor::max, 0.0, -0.0), 0.5, 0.5);
    assertNumbers(gradient(Tensor::max, 1, NAN, 3), NAN, NAN, NAN);
  }

  @Test
  void selectingExtremesGiveTheirGradientToTheFirst() {
    assertNumbers(gradient(x -> x.maxSelect(0), 1, 3, 3), 0, 1, 0);
    assertNumbers(gradient(x -> x.minSelect(0), 1, 1, 3), 1, 0, 0);
    assertNumbers(gradient(x -> x.maxSelect(-1), -INF, -INF), 1, 0);
    assertNumbers(gradient(x -> x.maxSelect(0), 0.0, -0.0), 1, 0);
    assertNumbers(gradient(x -> x.maxSelect(0), 1, NAN, 3, NAN), 0, 1, 0, 0);
    assertNumbers(gradient(x -> x.minSelect(0), 1, NAN, -3), 0, 1, 0);
    assertThat(Tensor.of(1, NAN, 3).maxSelect(0).item()).isNaN();
    assertNumbers(hessianRow(x -> x.maxSelect(0).square(), 1, 1, 3, 3), 0, 2, 0);
  }

  @Test
  void productsOfZeros() {
    assertNumbers(gradient(Tensor::prod, 2, 0, 3), 0, 6, 0);
    assertNumbers(gradient(Tensor::prod, 2, 0, 0), 0, 0, 0);
    assertNumbers(gradient(Tensor::prod, 0), 1);
    assertThat(Tensor.of(new double[0]).prod().item()).isEqualTo(1);
  }

  /** The second derivative by two different elements is the product of all others. */
  @Test
  void secondDerivativeOfAProductOfZeros() {
    double[][] points = {{2, 0, 3, 5}, {0, 0, 3, 5}, {0, 0, 0, 5}, {2, 3, 5, 7}, {0, 4}, {0}};
    for (double[] point : points) {
      for (int row = 0; row < point.length; row++) {
        double[] expected = new double[point.length];
        for (int column = 0; column < point.length; column++) {
          expected[column] = row == column ? 0 : productWithout(row, column, point);
        }
        assertNumbers(hessianRow(Tensor::prod, row, point), expected);
      }
    }
  }

  private static double productWithout(int row, int column, double... point) {
    double product = 1;
    for (int i = 0; i < point.length; i++) {
      product *= i == row || i == column ? 1 : point[i];
    }
    return product;
  }

  @Test
  void logSumExpOfInfinities() {
    assertNumbers(gradient(Tensor::logSumExp, 1000, 1000), 0.5, 0.5);
    assertThat(Tensor.of(1000, 1000).logSumExp().item()).isEqualTo(1000 + Math.log(2));
    assertNumbers(gradient(Tensor::logSumExp, -INF, 0), 0, 1);
    assertNumbers(gradient(Tensor::logSumExp, -INF, -INF), 0, 0);
    assertNumbers(gradient(Tensor::logSumExp, INF, 0), 1, 0);
    assertNumbers(gradient(Tensor::logSumExp, INF, 0, INF), 0.5, 0, 0.5);
    assertNumbers(gradient(Tensor::logSumExp, NAN, 0), NAN, NAN);
    assertThat(Tensor.of(-INF, -INF).logSumExp().item()).isEqualTo(-INF);
    assertThat(Tensor.of(new double[0]).logSumExp().item()).isEqualTo(-INF);
    assertNumbers(hessianRow(Tensor::logSumExp, 0, -INF, 0), 0, 0);
    assertNumbers(hessianRow(Tensor::logSumExp, 0, -INF, -INF), 0, 0);
    assertNumbers(hessianRow(Tensor::logSumExp, 0, INF, 0), 0, 0);
    assertNumbers(hessianRow(Tensor::logSumExp, 0, INF, 0, INF), 0.25, 0, -0.25);
    assertNumbers(hessianRow(Tensor::logSumExp, 0, 1000, 1000), 0.25, -0.25);
    assertNumbers(hessianRow(Tensor::logSumExp, 1, 1000, -1000), 0, 0);
  }

  @Test
  void softmaxOfExtremes() {
    assertNumbers(Tensor.of(1000, -1000).softmax(0).toDoubleArray(), 1, 0);
    assertNumbers(gradient(x -> x.softmax(0).at(0), 1000, -1000), 0, 0);
    assertNumbers(gradient(x -> x.softmax(0).at(0), -INF, 0), 0, 0);
    assertNumbers(Tensor.of(-INF, -INF).softmax(0).toDoubleArray(), NAN, NAN);
    assertNumbers(Tensor.of(1000, -1000).logSoftmax(0).toDoubleArray(), 0, -2000);
    assertNumbers(gradient(x -> x.logSoftmax(0).at(0), 1000, -1000), 0, 0);
    assertNumbers(gradient(x -> x.logSoftmax(0).at(0), -INF, 0), 1, -1);
  }

  @Test
  void reductionsOfNothing() {
    Tensor empty = Tensor.of(new double[0]);
    assertThat(empty.sum().item()).isZero();
    assertThat(empty.mean().item()).isNaN();
    assertThat(gradient(Tensor::mean)).isEmpty();
    assertThat(gradient(Tensor::logSumExp)).isEmpty();
    assertThat(gradient(Tensor::prod)).isEmpty();
  }

  @Test
  void crossEntropyOfSaturatedLogits() {
    assertNumbers(lossAndSlope(true, 0, 0), Math.log(2), 0.5);
    assertNumbers(lossAndSlope(true, 1000, 0), 1000, 1);
    assertNumbers(lossAndSlope(true, -1000, 1), 1000, -1);
    assertNumbers(lossAndSlope(true, 1000, 1), 0, 0);
    assertNumbers(lossAndSlope(true, -1000, 0), 0, 0);
    assertNumbers(lossAndSlope(true, INF, 0), INF, 1);
    // 0 · ∞ in the formula: the loss has no value, but there is nothing to improve.
    assertNumbers(lossAndSlope(true, INF, 1), NAN, 0);
    assertNumbers(lossAndSlope(true, -INF, 0), NAN, 0);
  }

  @Test
  void crossEntropyOfCertainProbabilities() {
    assertNumbers(lossAndSlope(false, 0, 0), 0, 1);
    assertNumbers(lossAndSlope(false, 1, 1), 0, -1);
    assertNumbers(lossAndSlope(false, 0, 1), 100, 0);
    assertNumbers(lossAndSlope(false, 1, 0), 100, 0);
    assertNumbers(lossAndSlope(false, 0.5, 1), Math.log(2), -2);
  }

  private static double[] lossAndSlope(boolean logits, double prediction, double target) {
    Tensor p = Tensor.scalar(prediction).withGrad();
    Tensor t = Tensor.scalar(target);
    Tensor loss = logits ? Losses.bceWithLogits(p, t) : Losses.bce(p, t);
    loss.backward();
    return new double[] {loss.item(), p.grad().item()};
  }
}
