package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses of prediction and target of one shape: values and derivatives against closed formulas. */
class LossesPairTest {

  private static final double[] P = {0.1, 0.5, 0.9, 0.25};
  private static final double[] T = {0, 1, 0.7, 1};
  private static final double[] Z = {-2, 0, 0.3, 5};

  private static Tensor leaf(double... values) {
    return Tensor.of(values).withGrad();
  }

  private static double bce(double p, double t) {
    return -t * Math.log(p) - (1 - t) * Math.log(1 - p);
  }

  private static double bceOfLogit(double z, double t) {
    return Math.max(z, 0) - z * t + Math.log1p(Math.exp(-Math.abs(z)));
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static void assertClose(Tensor actual, double... expected) {
    assertThat(actual.toDoubleArray()).containsExactly(expected, within(1e-14));
  }

  // ---------------------------------------------------------------- mse

  @Test
  void mseIsTheMeanOfSquares() {
    Tensor p = leaf(1, 2, 4);
    Tensor t = leaf(0, 4, 1);
    Tensor loss = Losses.mse(p, t);
    assertThat(loss.shape()).isEqualTo(Shape.SCALAR);
    assertThat(loss.item()).isCloseTo((1 + 4 + 9) / 3.0, within(1e-15));
    loss.backward();
    assertClose(p.grad(), 2 / 3.0, -4 / 3.0, 2);
    assertClose(t.grad(), -2 / 3.0, 4 / 3.0, -2);
    assertThat(Losses.mse(p, t, Reduction.SUM).item()).isEqualTo(14);
    assertThat(Losses.mse(p, t, Reduction.NONE).toDoubleArray()).containsExactly(1, 4, 9);
  }

  @Test
  void mseOfMatricesScalarsAndNothing() {
    Tensor p = Tensor.of(new float[][] {{1, 2}, {3, 4}}).withGrad();
    Tensor loss = Losses.mse(p, Tensor.zeros(F32, 2, 2));
    assertThat(loss.dtype()).isEqualTo(F32);
    assertThat(loss.item()).isEqualTo(7.5);
    assertThat(Losses.mse(Tensor.scalar(3), Tensor.scalar(1)).item()).isEqualTo(4);
    Tensor empty = Tensor.zeros(F64, 0);
    assertThat(Losses.mse(empty, empty).item()).isNaN();
    assertThat(Losses.mse(empty, empty, Reduction.SUM).item()).isZero();
  }

  // ---------------------------------------------------------------- bce of probabilities

  @Test
  void bceOfProbabilities() {
    Tensor p = leaf(P);
    Tensor t = leaf(T);
    Tensor loss = Losses.bce(p, t);
    double sum = 0;
    double[] dp = new double[4];
    double[] dt = new double[4];
    for (int i = 0; i < 4; i++) {
      sum += bce(P[i], T[i]);
      dp[i] = (P[i] - T[i]) / (P[i] * (1 - P[i])) / 4;
      dt[i] = (Math.log(1 - P[i]) - Math.log(P[i])) / 4;
    }
    assertThat(loss.item()).isCloseTo(sum / 4, within(1e-15));
    loss.backward();
    assertClose(p.grad(), dp);
    assertClose(t.grad(), dt);
    assertThat(Losses.bce(p, t, Reduction.SUM).item()).isCloseTo(sum, within(1e-15));
    assertClose(
        Losses.bce(p, t, Reduction.NONE), bce(0.1, 0), bce(0.5, 1), bce(0.9, 0.7), bce(0.25, 1));
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "1,1,0", "0,1,100", "1,0,100", "1e-50,1,100", "0.5,1,0.6931471805599453"})
  void bceClampsItsLogarithms(double p, double t, double expected) {
    Tensor prediction = leaf(p);
    assertThat(Losses.bce(prediction, Tensor.of(t)).item()).isCloseTo(expected, within(1e-13));
  }

  @ParameterizedTest
  @CsvSource({
    "0.3,0.2",
    "0.999,1",
    "1e-10,1",
    "1e-30,1",
    "1e-40,0.5",
    "1e-43,1",
    "1e-44,1",
    "1e-60,1",
    "1e-60,0.3",
    "1e-100,0",
    "0.9999999,0"
  })
  void bceHasTheGradientOfTheClampedFunction(double p, double t) {
    Tensor prediction = leaf(p);
    double slope = Autograd.grad(Losses.bce(prediction, Tensor.of(t)), prediction).item();
    double h = Math.min(p, 1 - p) * 1e-5;
    // What is divided by is the distance of the numbers that were really evaluated.
    double right = p + h;
    double left = p - h;
    double up = Losses.bce(Tensor.of(right), Tensor.of(t)).item();
    double down = Losses.bce(Tensor.of(left), Tensor.of(t)).item();
    double scale = Math.max(1, Math.abs(slope));
    double noise = 1e-14 * Math.max(1, Math.abs(up)) / h;
    assertThat(slope).isCloseTo((up - down) / (right - left), within(1e-8 * scale + noise));
  }

  @Test
  void bceWhereTheClampHolds() {
    Tensor p = leaf(0, 1, 0, 1, 1e-50);
    Tensor t = Tensor.of(1.0, 0, 0, 1, 1);
    Losses.bce(p, t, Reduction.SUM).backward();
    // Clamped parts have slope 0; the others of -log(1 - p) at 0 and -log p at 1.
    assertThat(p.grad().toDoubleArray())
        .containsExactly(new double[] {0, 0, 1, -1, 0}, within(0.0));
    Tensor label = leaf(0.5, 0.5);
    Losses.bce(Tensor.of(0.0, 1).withGrad(), label, Reduction.SUM).backward();
    assertThat(label.grad().toDoubleArray()).containsExactly(100, -100);
  }

  @ParameterizedTest
  @CsvSource({"-1e-9", "1.0000001", "NaN", "Infinity", "-Infinity", "2"})
  void bceRefusesWhatIsNoProbability(double bad) {
    assertThatThrownBy(() -> Losses.bce(Tensor.of(0.5, bad), Tensor.of(0.0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "bce: prediction 1 is "
                + bad
                + ", no probability; apply sigmoid(), or use"
                + " bceWithLogits");
  }

  // ---------------------------------------------------------------- bce of logits

  @Test
  void bceOfLogits() {
    Tensor z = leaf(Z);
    Tensor t = leaf(T);
    Tensor loss = Losses.bceWithLogits(z, t);
    double sum = 0;
    double[] dz = new double[4];
    double[] dt = new double[4];
    for (int i = 0; i < 4; i++) {
      sum += bceOfLogit(Z[i], T[i]);
      dz[i] = (sigmoid(Z[i]) - T[i]) / 4;
      dt[i] = -Z[i] / 4;
    }
    assertThat(loss.item()).isCloseTo(sum / 4, within(1e-15));
    Gradients g = Autograd.grad(loss, List.of(z, t), GradOptions.createGraph());
    assertClose(g.of(z), dz);
    assertClose(g.of(t), dt);
    double[] curvature = new double[4];
    for (int i = 0; i < 4; i++) {
      curvature[i] = sigmoid(Z[i]) * (1 - sigmoid(Z[i])) / 4;
    }
    assertClose(Autograd.grad(g.of(z).sum(), z), curvature);
    assertThat(Losses.bceWithLogits(z, t, Reduction.SUM).item()).isCloseTo(sum, within(1e-14));
    assertThat(Losses.bceWithLogits(z, t, Reduction.NONE).shape()).isEqualTo(Shape.of(4));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,0.6931471805599453,0.5",
    "1000,0,1000,1",
    "-1000,1,1000,-1",
    "1000,1,0,0",
    "-1000,0,0,0",
    "1e300,0.5,5e299,0.5"
  })
  void bceOfLogitsNeverOverflows(double z, double t, double value, double slope) {
    Tensor logit = leaf(z);
    Tensor loss = Losses.bceWithLogits(logit, Tensor.of(t));
    assertThat(loss.item()).isCloseTo(value, within(1e-15 * Math.max(1, value)));
    loss.backward();
    assertThat(logit.grad().item()).isEqualTo(slope);
  }

  @Test
  void bceOfLogitsIsBceOfTheirSigmoid() {
    Tensor z = leaf(Z);
    Tensor t = Tensor.of(T);
    Tensor direct = Losses.bceWithLogits(z, t);
    Tensor composed = Losses.bce(z.sigmoid(), t);
    assertThat(direct.item()).isCloseTo(composed.item(), within(1e-14));
    assertThat(Autograd.grad(direct, z).allClose(Autograd.grad(composed, z), 1e-12, 1e-14))
        .isTrue();
  }

  @Test
  void factorsOfThePositivePart() {
    Tensor z = leaf(Z);
    Tensor t = leaf(T);
    double q = 3;
    LossOptions options = LossOptions.none().positiveWeight(Tensor.scalar(q));
    Tensor losses = Losses.bceWithLogits(z, t, options);
    double[] expected = new double[4];
    double[] slopes = new double[4];
    for (int i = 0; i < 4; i++) {
      double s = sigmoid(Z[i]);
      expected[i] = -q * T[i] * Math.log(s) - (1 - T[i]) * Math.log(1 - s);
      slopes[i] = -q * T[i] * (1 - s) + (1 - T[i]) * s;
    }
    assertClose(losses, expected);
    losses.sum().backward();
    assertClose(z.grad(), slopes);
    Tensor ones =
        Losses.bceWithLogits(z, t, LossOptions.mean().positiveWeight(Tensor.ones(F64, 4)));
    assertThat(ones.item()).isCloseTo(Losses.bceWithLogits(z, t).item(), within(1e-14));
    Tensor far = leaf(1000, -1000);
    Tensor extreme =
        Losses.bceWithLogits(far, Tensor.of(1.0, 1), options.positiveWeight(Tensor.scalar(2)));
    assertThat(extreme.toDoubleArray()).containsExactly(0, 2000);
  }

  @Test
  void weightsPerElement() {
    Tensor w = leaf(1, 2, 0, 4);
    Tensor p = leaf(P);
    Tensor t = Tensor.of(T);
    Tensor loss = Losses.bce(p, t, LossOptions.mean().weight(w));
    double sum = bce(0.1, 0) + 2 * bce(0.5, 1) + 4 * bce(0.25, 1);
    assertThat(loss.item()).isCloseTo(sum / 4, within(1e-15));
    loss.backward();
    assertThat(p.grad().item(2)).isZero();
    assertClose(w.grad(), bce(0.1, 0) / 4, bce(0.5, 1) / 4, bce(0.9, 0.7) / 4, bce(0.25, 1) / 4);

    Tensor logits = Tensor.of(new double[][] {{-2, 0}, {0.3, 5}});
    Tensor labels = Tensor.of(new double[][] {{0, 1}, {0.7, 1}});
    Tensor perColumn =
        Losses.bceWithLogits(logits, labels, LossOptions.sum().weight(Tensor.of(10.0, 1)));
    assertThat(perColumn.item())
        .isCloseTo(
            10 * (bceOfLogit(-2, 0) + bceOfLogit(0.3, 0.7)) + bceOfLogit(0, 1) + bceOfLogit(5, 1),
            within(1e-13));
  }

  // ---------------------------------------------------------------- what they refuse

  @Test
  void shapesMustBeEqual() {
    List<BinaryOperator<Tensor>> losses = List.of(Losses::mse, Losses::bce, Losses::bceWithLogits);
    List<String> names = List.of("mse", "bce", "bceWithLogits");
    Tensor vector = Tensor.of(0.1, 0.2);
    for (int i = 0; i < 3; i++) {
      BinaryOperator<Tensor> loss = losses.get(i);
      assertThatThrownBy(() -> loss.apply(vector, vector.reshape(2, 1)))
          .isInstanceOf(ShapeException.class)
          .hasMessage(
              names.get(i)
                  + ": the prediction is [2] and the target is [2, 1]; the shapes must be equal,"
                  + " reshape one of them");
      assertThatThrownBy(() -> loss.apply(vector, Tensor.scalar(0)))
          .isInstanceOf(ShapeException.class);
      assertThatThrownBy(() -> loss.apply(vector, Tensor.of(0.1f, 0.2f)))
          .isInstanceOf(DTypeException.class)
          .hasMessage(
              names.get(i) + ": left is F64 and right is F32; convert one of them with to(DType)");
      Tensor prediction = leaf(0.1, 0.2);
      assertThatThrownBy(() -> loss.apply(vector, prediction))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              names.get(i)
                  + ": the target is tracked and the prediction is not; were they swapped? The"
                  + " prediction comes first; detach() the target if this order is meant");
    }
  }

  @Test
  void weightsMustFit() {
    Tensor p = Tensor.of(0.1, 0.2);
    assertThatThrownBy(() -> Losses.bce(p, p, LossOptions.mean().weight(Tensor.ones(F64, 3))))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "bce: weight is [3] and does not broadcast to [2]; give one factor per element");
    assertThatThrownBy(() -> Losses.bce(p, p, LossOptions.mean().weight(Tensor.ones(F64, 2, 2))))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(
            () ->
                Losses.bceWithLogits(
                    p, p, LossOptions.mean().positiveWeight(Tensor.ones(F64, 2, 1))))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Losses.bce(p, p, LossOptions.mean().weight(Tensor.ones(F32, 2))))
        .isInstanceOf(DTypeException.class);
  }

  @Test
  void optionsOfOtherLossesAreRefused() {
    Tensor p = Tensor.of(0.1, 0.2);
    assertThatThrownBy(() -> Losses.bce(p, p, LossOptions.mean().positiveWeight(p)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bce: positiveWeight is an option of bceWithLogits; use that, or weight");
    for (LossOptions options :
        List.of(LossOptions.mean().labelSmoothing(0.1), LossOptions.mean().ignoreIndex(0))) {
      assertThatThrownBy(() -> Losses.bceWithLogits(p, p, options))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "bceWithLogits: labelSmoothing and ignoreIndex are options of crossEntropy and nll;"
                  + " leave them out");
    }
    assertThatThrownBy(() -> LossOptions.mean().labelSmoothing(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelSmoothing: 1.5 is no share; it must be from 0 to 1");
    assertThatThrownBy(() -> LossOptions.mean().labelSmoothing(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
