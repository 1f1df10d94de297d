package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static dev.autograd.array.DType.I64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.autograd.array.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Cross-entropy of classes and of distributions, against formulas written out in doubles. */
class LossesCrossEntropyTest {

  private static final double[][] Z = {{0.5, -1, 2}, {3, 0, -0.5}, {-1, -1, 4}, {0, 0.1, 0.2}};
  private static final int[] CLASSES = {2, 0, 1, 1};
  private static final double[] WEIGHT = {0.5, 2, 3};

  private static Tensor logits() {
    return Tensor.of(Z).withGrad();
  }

  private static double logP(int row, int c) {
    double sum = 0;
    for (double z : Z[row]) {
      sum += Math.exp(z);
    }
    return Z[row][c] - Math.log(sum);
  }

  private static double p(int row, int c) {
    return Math.exp(logP(row, c));
  }

  private static void assertClose(double[] actual, double... expected) {
    assertThat(actual).containsExactly(expected, within(1e-14));
  }

  /** Asserts the gradient {@code Σ_k q_k (p_c - [c = k])} of the losses with coefficients q. */
  private static void assertGradient(Tensor loss, Tensor z, double[][] q) {
    double[] expected = new double[12];
    for (int row = 0; row < 4; row++) {
      for (int c = 0; c < 3; c++) {
        for (int k = 0; k < 3; k++) {
          expected[row * 3 + c] += q[row][k] * (p(row, c) - (c == k ? 1 : 0));
        }
      }
    }
    assertClose(Autograd.grad(loss, z).toDoubleArray(), expected);
  }

  private static double[][] oneHot(double[] perRow) {
    double[][] q = new double[4][3];
    for (int row = 0; row < 4; row++) {
      q[row][CLASSES[row]] = perRow[row];
    }
    return q;
  }

  private static double[][] fill(double scale, java.util.function.IntToDoubleFunction byPlace) {
    double[][] q = new double[4][3];
    for (int i = 0; i < 12; i++) {
      q[i / 3][i % 3] = scale * byPlace.applyAsDouble(i);
    }
    return q;
  }

  @Test
  void ofClasses() {
    Tensor z = logits();
    double sum = -(logP(0, 2) + logP(1, 0) + logP(2, 1) + logP(3, 1));
    Tensor loss = Losses.crossEntropy(z, CLASSES);
    assertThat(loss.item()).isCloseTo(sum / 4, within(1e-15));
    assertGradient(loss, z, oneHot(new double[] {0.25, 0.25, 0.25, 0.25}));
    assertThat(Losses.crossEntropy(z, CLASSES, Reduction.SUM).item()).isCloseTo(sum, within(1e-14));
    assertClose(
        Losses.crossEntropy(z, CLASSES, Reduction.NONE).toDoubleArray(),
        -logP(0, 2),
        -logP(1, 0),
        -logP(2, 1),
        -logP(3, 1));
  }

  @Test
  void theSameFromTensorsOfIntegers() {
    Tensor z = logits();
    double expected = Losses.crossEntropy(z, CLASSES).item();
    Tensor indices = Tensor.indices(CLASSES);
    assertThat(Losses.crossEntropy(z, indices).item()).isEqualTo(expected);
    assertThat(Losses.crossEntropy(z, indices.to(I64)).item()).isEqualTo(expected);
    assertThat(Losses.crossEntropy(z, z.argMax(1)).item()).isLessThan(expected);
  }

  @Test
  void weightsPerClassDivideByTheirSum() {
    Tensor z = logits();
    Tensor loss =
        Losses.crossEntropy(
            z, Tensor.indices(CLASSES), LossOptions.mean().weight(Tensor.of(WEIGHT)));
    double total = 3 + 0.5 + 2 + 2;
    double sum = -(3 * logP(0, 2) + 0.5 * logP(1, 0) + 2 * logP(2, 1) + 2 * logP(3, 1));
    assertThat(loss.item()).isCloseTo(sum / total, within(1e-15));
    assertGradient(loss, z, oneHot(new double[] {3 / total, 0.5 / total, 2 / total, 2 / total}));
  }

  @Test
  void ignoredRowsDoNotCount() {
    Tensor z = logits();
    Tensor classes = Tensor.indices(2, -100, 1, -100);
    LossOptions ignoring = LossOptions.mean().ignoreIndex(-100);
    Tensor loss = Losses.crossEntropy(z, classes, ignoring);
    assertThat(loss.item()).isCloseTo(-(logP(0, 2) + logP(2, 1)) / 2, within(1e-15));
    assertGradient(loss, z, oneHot(new double[] {0.5, 0, 0.5, 0}));
    Tensor rows = Losses.crossEntropy(z, classes, LossOptions.none().ignoreIndex(-100));
    assertThat(rows.item(1)).isZero();
    assertThat(rows.item(3)).isZero();
    // A class that exists can be ignored too.
    assertThat(
            Losses.crossEntropy(z, Tensor.indices(CLASSES), LossOptions.sum().ignoreIndex(1))
                .item())
        .isCloseTo(-(logP(0, 2) + logP(1, 0)), within(1e-15));
    Tensor nothing = Losses.crossEntropy(z, Tensor.indices(-100, -100, -100, -100), ignoring);
    assertThat(nothing.item()).isNaN();
  }

  @Test
  void smoothingSpreadsAShareOverTheClasses() {
    Tensor z = logits();
    double s = 0.3;
    Tensor loss =
        Losses.crossEntropy(z, Tensor.indices(CLASSES), LossOptions.mean().labelSmoothing(s));
    double[][] q = fill(0.25, i -> s / 3 + (CLASSES[i / 3] == i % 3 ? 1 - s : 0));
    double expected = 0;
    for (int i = 0; i < 12; i++) {
      expected -= q[i / 3][i % 3] * logP(i / 3, i % 3);
    }
    assertThat(loss.item()).isCloseTo(expected, within(1e-14));
    assertGradient(loss, z, q);
  }

  @Test
  void smoothingWithWeightsAndIgnoredRows() {
    Tensor z = logits();
    double s = 0.3;
    LossOptions options =
        LossOptions.mean().labelSmoothing(s).weight(Tensor.of(WEIGHT)).ignoreIndex(0);
    Tensor loss = Losses.crossEntropy(z, Tensor.indices(CLASSES), options);
    double total = 3 + 2 + 2;
    double[][] q =
        fill(
            1 / total,
            i ->
                CLASSES[i / 3] == 0
                    ? 0
                    : WEIGHT[i % 3] * (s / 3 + (CLASSES[i / 3] == i % 3 ? 1 - s : 0)));
    double expected = 0;
    for (int i = 0; i < 12; i++) {
      expected -= q[i / 3][i % 3] * logP(i / 3, i % 3);
    }
    assertThat(loss.item()).isCloseTo(expected, within(1e-14));
    assertGradient(loss, z, q);
  }

  @Test
  void ofDistributions() {
    Tensor z = logits();
    double[][] t = {{0.2, 0.3, 0.5}, {1, 0, 0}, {0, 0.5, 0.5}, {0.1, 0.1, 0.8}};
    Tensor target = Tensor.of(t).withGrad();
    Tensor loss = Losses.crossEntropy(z, target);
    double expected = 0;
    double[] slopes = new double[12];
    for (int i = 0; i < 12; i++) {
      expected -= t[i / 3][i % 3] * logP(i / 3, i % 3) / 4;
      slopes[i] = -logP(i / 3, i % 3) / 4;
    }
    assertThat(loss.item()).isCloseTo(expected, within(1e-14));
    assertClose(Autograd.grad(loss, target, GradOptions.retainGraph()).toDoubleArray(), slopes);
    assertGradient(loss, z, fill(0.25, i -> t[i / 3][i % 3]));

    Tensor weighted =
        Losses.crossEntropy(
            z, target.detach(), LossOptions.mean().weight(Tensor.of(WEIGHT)).labelSmoothing(0.3));
    assertGradient(weighted, z, fill(0.25, i -> WEIGHT[i % 3] * (0.7 * t[i / 3][i % 3] + 0.1)));
  }

  @Test
  void oneRowAndMoreAxes() {
    Tensor row = Tensor.of(Z[0]).withGrad();
    Tensor one = Losses.crossEntropy(row, Tensor.indices(2).reshape());
    assertThat(one.item()).isCloseTo(-logP(0, 2), within(1e-15));

    Tensor z = Tensor.normal(new SplittableRandom(3), F64, 2, 3, 4).withGrad();
    Tensor classes = Tensor.indices(0, 1, 2, 0, 1, 2, 0, 1).reshape(2, 4);
    Tensor loss = Losses.crossEntropy(z, classes);
    Tensor rows = z.permute(0, 2, 1).reshape(8, 3);
    assertThat(loss.item())
        .isCloseTo(
            Losses.crossEntropy(rows, new int[] {0, 1, 2, 0, 1, 2, 0, 1}).item(), within(1e-15));
    assertThat(Losses.crossEntropy(z, classes, Reduction.NONE).shape()).isEqualTo(Shape.of(2, 4));
    assertThat(Losses.crossEntropy(Tensor.zeros(F32, 2, 2), new int[] {0, 1}).dtype())
        .isEqualTo(F32);
  }

  @Test
  void extremeLogits() {
    Tensor z = Tensor.of(new double[][] {{1000, -1000}, {-1000, 1000}}).withGrad();
    Tensor loss = Losses.crossEntropy(z, new int[] {0, 0}, Reduction.NONE);
    assertThat(loss.toDoubleArray()).containsExactly(new double[] {0, 2000}, within(0.0));
    loss.sum().backward();
    assertThat(z.grad().toDoubleArray()).containsExactly(new double[] {0, 0, -1, 1}, within(0.0));

    Tensor masked = Tensor.of(new double[][] {{1, Double.NEGATIVE_INFINITY, 2}}).withGrad();
    Tensor finite = Losses.crossEntropy(masked, new int[] {2});
    assertThat(finite.item()).isCloseTo(Math.log1p(Math.exp(-1)), within(1e-15));
    finite.backward();
    assertThat(masked.grad().item(0, 1)).isZero();
  }

  @Test
  void secondDerivative() {
    Tensor z = Tensor.of(new double[][] {Z[0]}).withGrad();
    Tensor d = Autograd.grad(Losses.crossEntropy(z, new int[] {1}), z, GradOptions.createGraph());
    for (int i = 0; i < 3; i++) {
      double[] row = Autograd.grad(d.at(0, i), z, GradOptions.retainGraph()).toDoubleArray();
      for (int j = 0; j < 3; j++) {
        assertThat(row[j]).isCloseTo(p(0, i) * ((i == j ? 1 : 0) - p(0, j)), within(1e-15));
      }
    }
  }

  // ---------------------------------------------------------------- what it refuses

  @Test
  void classesThatDoNotExist() {
    assertThatThrownBy(() -> Losses.crossEntropy(logits(), new int[] {0, 1, 3, 0}))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(
            "crossEntropy: row 2 has class 3; the logits have classes 0 to 2, use ignoreIndex for"
                + " rows that shall not count");
    assertThatThrownBy(() -> Losses.crossEntropy(logits(), new int[] {-1, 1, 2, 0}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shapesThatDoNotFit() {
    assertThatThrownBy(() -> Losses.crossEntropy(logits(), new int[] {0, 1, 2}))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "crossEntropy: the logits are [4, 3] and the classes [3]; there must be one class per"
                + " row, [4]");
    assertThatThrownBy(() -> Losses.crossEntropy(logits(), Tensor.zeros(F64, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "crossEntropy: the prediction is [4, 3] and the target is [4]; the shapes must be"
                + " equal, reshape one of them");
    assertThatThrownBy(() -> Losses.crossEntropy(Tensor.scalar(1), new int[] {0}))
        .isInstanceOf(ShapeException.class)
        .hasMessage("crossEntropy: the logits are 0-d; they must be [rows, classes] or [classes]");
    assertThatThrownBy(
            () ->
                Losses.crossEntropy(
                    logits(),
                    Tensor.indices(CLASSES),
                    LossOptions.mean().weight(Tensor.ones(F64, 4))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("crossEntropy: the weight is [4]; it must be [3], one per class");
  }

  @Test
  void argumentsInTheWrongPlace() {
    assertThatThrownBy(() -> Losses.crossEntropy(Tensor.indices(CLASSES), logits()))
        .isInstanceOf(DTypeException.class)
        .hasMessageStartingWith("crossEntropy: the tensor is I32");
    assertThatThrownBy(() -> Losses.crossEntropy(Tensor.of(Z), logits()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("were they swapped?");
    assertThatThrownBy(
            () -> Losses.crossEntropy(logits(), Tensor.of(Z), LossOptions.mean().ignoreIndex(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("crossEntropy: ignoreIndex needs integer targets, these are probabilities");
    assertThatThrownBy(
            () ->
                Losses.crossEntropy(
                    logits(),
                    Tensor.indices(CLASSES),
                    LossOptions.mean().positiveWeight(Tensor.scalar(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "crossEntropy: positiveWeight is an option of bceWithLogits; use weight, one per"
                + " class");
  }

  @Test
  void aTrackedWeightIsDifferentiatedOrRefusedNeverForgotten() {
    Tensor w = Tensor.of(WEIGHT).withGrad();
    Tensor z = Tensor.of(Z);
    Tensor target = Tensor.full(F64, 1 / 3.0, 4, 3);
    Tensor loss = Losses.crossEntropy(z, target, LossOptions.sum().weight(w));
    loss.backward();
    assertThat(w.grad().item(0))
        .isCloseTo(-(logP(0, 0) + logP(1, 0) + logP(2, 0) + logP(3, 0)) / 3, within(1e-14));
    assertThatThrownBy(
            () -> Losses.crossEntropy(z, Tensor.indices(CLASSES), LossOptions.mean().weight(w)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "crossEntropy: the weight is tracked, but with integer targets it has no derivative;"
                + " pass detach(), or targets as probabilities");
  }
}
