package dev.autograd;

import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The equations of five lecture notes on backpropagation, each gradient under the name it has there
 * and against the closed formula in plain loops. Notes 1, 2, 3 and 5 have examples as columns, note
 * 4 has them as rows.
 */
class NotesTest {

  private static final double TOLERANCE = 1e-12;

  /** An activation of the notes, with its derivative as a formula in z. */
  enum Activation {
    TANH,
    SIGMOID,
    RELU;

    Tensor of(Tensor z) {
      return switch (this) {
        case TANH -> z.tanh();
        case SIGMOID -> z.sigmoid();
        case RELU -> z.relu();
      };
    }

    PlainMatrix of(PlainMatrix z) {
      return switch (this) {
        case TANH -> z.each(Math::tanh);
        case SIGMOID -> z.each(NotesTest::sigmoid);
        case RELU -> z.each(element -> Math.max(element, 0));
      };
    }

    PlainMatrix slope(PlainMatrix z) {
      return switch (this) {
        case TANH -> of(z).each(a -> 1 - a * a);
        case SIGMOID -> of(z).each(a -> a * (1 - a));
        case RELU -> z.each(element -> element > 0 ? 1 : 0);
      };
    }
  }

  private final RandomGenerator random = new SplittableRandom(20_240_501);

  // ---------------------------------------------------------------- first note

  /** Equations 1 to 11: one example x as a column. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void note1OneExample(Activation g) {
    Tensor x = leaf(3, 1);
    Tensor y = labels(1, 1);
    Tensor w1 = leaf(4, 3);
    Tensor b1 = leaf(4, 1);
    Tensor w2 = leaf(1, 4);
    Tensor b2 = leaf(1, 1);
    Tensor z1 = w1.matmul(x).add(b1);
    Tensor a1 = g.of(z1);
    Tensor z2 = w2.matmul(a1).add(b2);
    Tensor a2 = z2.sigmoid();
    Tensor loss = logLoss(a2, y).sum();

    Gradients d = Autograd.grad(loss, z2, w2, b2, z1, w1, b1);

    PlainMatrix dz2 = plain(a2).minus(plain(y));
    PlainMatrix dz1 = plain(w2).transposed().times(dz2).elementwise(g.slope(plain(z1)));
    assertClose(d.of(z2), dz2);
    assertClose(d.of(w2), dz2.times(g.of(plain(z1)).transposed()));
    assertClose(d.of(b2), dz2);
    assertClose(d.of(z1), dz1);
    assertClose(d.of(w1), dz1.times(plain(x).transposed()));
    assertClose(d.of(b1), dz1);
  }

  /** Equations 12 to 23: m examples as columns, and the cost averaged over them. */
  @ParameterizedTest
  @CsvSource({"TANH, 1", "TANH, 5", "RELU, 5", "SIGMOID, 8"})
  void note1Batch(Activation g, int m) {
    Tensor x = leaf(3, m);
    Tensor y = labels(1, m);
    Tensor w1 = leaf(4, 3);
    Tensor b1 = leaf(4, 1);
    Tensor w2 = leaf(1, 4);
    Tensor b2 = leaf(1, 1);
    Tensor z1 = w1.matmul(x).add(b1);
    Tensor a1 = g.of(z1);
    Tensor z2 = w2.matmul(a1).add(b2);
    Tensor a2 = z2.sigmoid();
    Tensor cost = logLoss(a2, y).mean();

    Gradients d = Autograd.grad(cost, z2, w2, b2, z1, w1, b1);

    PlainMatrix dZ2 = plain(a2).minus(plain(y)).scaled(1.0 / m);
    PlainMatrix dZ1 = plain(w2).transposed().times(dZ2).elementwise(g.slope(plain(z1)));
    assertClose(d.of(z2), dZ2);
    assertClose(d.of(w2), dZ2.times(g.of(plain(z1)).transposed()));
    assertClose(d.of(b2), dZ2.sumOfColumns());
    assertClose(d.of(z1), dZ1);
    assertClose(d.of(w1), dZ1.times(plain(x).transposed()));
    assertClose(d.of(b1), dZ1.sumOfColumns());
  }

  /** The fused loss of the logits has the gradient of the first note's equation 18 as well. */
  @Test
  void note1LossOfLogits() {
    Tensor z2 = leaf(1, 6);
    Tensor y = labels(1, 6);

    Tensor composed = Autograd.grad(logLoss(z2.sigmoid(), y).mean(), z2);
    Tensor fused = Autograd.grad(Losses.bceWithLogits(z2, y), z2);

    PlainMatrix expected = plain(z2.sigmoid()).minus(plain(y)).scaled(1.0 / 6);
    assertClose(composed, expected);
    assertClose(fused, expected);
  }

  /** Section V: layers of widths n[0], ..., n[L], and the recursion from layer l + 1 to l. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void note1Deep(Activation g) {
    int[] n = {3, 5, 4, 2, 1};
    int m = 6;
    Tensor y = labels(1, m);
    List<Tensor> w = new ArrayList<>();
    List<Tensor> b = new ArrayList<>();
    List<Tensor> z = new ArrayList<>();
    List<Tensor> a = new ArrayList<>(List.of(leaf(n[0], m)));
    int last = n.length - 2;
    for (int l = 0; l <= last; l++) {
      w.add(leaf(n[l + 1], n[l]));
      b.add(leaf(n[l + 1], 1));
      z.add(w.get(l).matmul(a.get(l)).add(b.get(l)));
      a.add(l < last ? g.of(z.get(l)) : z.get(l).sigmoid());
    }
    Tensor cost = logLoss(a.get(n.length - 1), y).sum().div(m);

    List<Tensor> wanted = new ArrayList<>(z);
    wanted.addAll(w);
    wanted.addAll(b);
    Gradients d = Autograd.grad(cost, wanted);

    PlainMatrix dz = plain(a.get(n.length - 1)).minus(plain(y)).scaled(1.0 / m);
    for (int l = last; l >= 0; l--) {
      assertClose(d.of(z.get(l)), dz);
      assertClose(d.of(w.get(l)), dz.times(plain(a.get(l)).transposed()));
      assertClose(d.of(b.get(l)), dz.sumOfColumns());
      if (l > 0) {
        PlainMatrix slope = g.slope(plain(z.get(l - 1)));
        dz = plain(w.get(l)).transposed().times(dz).elementwise(slope);
      }
    }
  }

  // ---------------------------------------------------------------- second note

  /** T layers of one width without biases, and the output as a weighted sum: y = alpha' z_T. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void note2Layers(int layers) {
    int k = 4;
    Tensor alpha = leaf(k, 1);
    List<Tensor> w = new ArrayList<>();
    List<Tensor> u = new ArrayList<>();
    List<Tensor> z = new ArrayList<>(List.of(leaf(k, 1)));
    for (int t = 0; t < layers; t++) {
      w.add(leaf(k, k));
      u.add(w.get(t).matmul(z.get(t)));
      z.add(u.get(t).relu());
    }
    Tensor y = alpha.transpose().matmul(z.get(layers)).sum();

    List<Tensor> wanted = new ArrayList<>(List.of(alpha));
    wanted.addAll(w);
    wanted.addAll(u);
    wanted.addAll(z);
    Gradients d = Autograd.grad(y, wanted);

    assertClose(d.of(alpha), plain(z.get(layers)));
    PlainMatrix dz = plain(alpha);
    for (int t = layers - 1; t >= 0; t--) {
      assertClose(d.of(z.get(t + 1)), dz);
      PlainMatrix du = dz.elementwise(Activation.RELU.slope(plain(u.get(t))));
      assertClose(d.of(u.get(t)), du);
      assertClose(d.of(w.get(t)), du.times(plain(z.get(t)).transposed()));
      dz = plain(w.get(t)).transposed().times(du);
    }
    assertClose(d.of(z.get(0)), dz);
  }

  /** The note has relu'(0) = 1; here, as in the fifth note, a unit at exactly 0 is closed. */
  @Test
  void note2UnitAtZero() {
    Tensor x = Tensor.of(new double[][] {{1}, {2}}).withGrad();
    Tensor w = Tensor.of(new double[][] {{2, -1}, {1, 1}}).withGrad();
    Tensor u = w.matmul(x);
    Tensor y = u.relu().sum();

    Gradients d = Autograd.grad(y, u, w, x);

    assertThat(u.toDoubleArray()).containsExactly(0, 3);
    assertThat(d.of(u).toDoubleArray()).containsExactly(0, 1);
    assertThat(d.of(w).toDoubleArray()).containsExactly(0, 0, 1, 2);
    assertThat(d.of(x).toDoubleArray()).containsExactly(1, 1);
  }

  // ---------------------------------------------------------------- third note

  /** Appendix: one layer y = f(W x + b) of n samples as columns, cost summed over samples. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void note3LayerWithSummedCost(Activation f) {
    int n = 5;
    Tensor x = leaf(3, n);
    Tensor w = leaf(2, 3);
    Tensor b = leaf(2, 1);
    Tensor target = Tensor.normal(random, F64, 2, n);
    Tensor z = w.matmul(x).add(b);
    Tensor y = f.of(z);
    Tensor cost = y.sub(target).square().sum().mul(0.5);

    Gradients d = Autograd.grad(cost, y, z, x, w, b);

    PlainMatrix dy = f.of(plain(z)).minus(plain(target));
    PlainMatrix dz = dy.elementwise(f.slope(plain(z)));
    assertClose(d.of(y), dy);
    assertClose(d.of(z), dz);
    assertClose(d.of(x), plain(w).transposed().times(dz));
    assertClose(d.of(w), dz.times(plain(x).transposed()));
    // The printed formula has a further factor W', whose shape fits only a square layer.
    assertClose(d.of(b), dz.sumOfColumns());
  }

  /** The same cost averaged: every derivative is divided by the number of samples. */
  @Test
  void note3LayerWithAveragedCost() {
    int n = 5;
    Tensor x = leaf(3, n);
    Tensor w = leaf(3, 3);
    Tensor b = leaf(3, 1);
    Tensor target = Tensor.normal(random, F64, 3, n);
    Tensor z = w.matmul(x).add(b);
    Tensor y = z.tanh();
    Tensor cost = y.sub(target).square().sum().mul(0.5 / n);

    Gradients d = Autograd.grad(cost, y, z, x, w, b);

    PlainMatrix dy = Activation.TANH.of(plain(z)).minus(plain(target)).scaled(1.0 / n);
    PlainMatrix dz = dy.elementwise(Activation.TANH.slope(plain(z)));
    assertClose(d.of(y), dy);
    assertClose(d.of(z), dz);
    assertClose(d.of(x), plain(w).transposed().times(dz));
    assertClose(d.of(w), dz.times(plain(x).transposed()));
    assertClose(d.of(b), dz.sumOfColumns());
    assertThat(distance(d.of(b), plain(w).transposed().times(dz.sumOfColumns())))
        .as("the misprinted formula for the bias")
        .isGreaterThan(1e-3);
  }

  /** Closing remarks: with W1 = W2 = W both layers contribute to one gradient. */
  @Test
  void note3TiedWeightsAddUp() {
    Tensor x = leaf(3, 1);
    Tensor target = Tensor.normal(random, F64, 3, 1);
    Tensor w = leaf(3, 3);
    Tensor b = leaf(3, 1);
    Tensor z1 = w.matmul(x).add(b);
    Tensor y1 = z1.sigmoid();
    Tensor z2 = w.matmul(y1).add(b);
    Tensor cost = z2.sigmoid().sub(target).square().sum();

    Gradients d = Autograd.grad(cost, w, b, z1, z2, x);

    PlainMatrix y2 = Activation.SIGMOID.of(plain(z2));
    PlainMatrix dz2 =
        y2.minus(plain(target)).scaled(2).elementwise(Activation.SIGMOID.slope(plain(z2)));
    PlainMatrix dz1 =
        plain(w).transposed().times(dz2).elementwise(Activation.SIGMOID.slope(plain(z1)));
    assertClose(d.of(z2), dz2);
    assertClose(d.of(z1), dz1);
    PlainMatrix fromLayer2 = dz2.times(Activation.SIGMOID.of(plain(z1)).transposed());
    PlainMatrix fromLayer1 = dz1.times(plain(x).transposed());
    assertClose(d.of(w), fromLayer2.plus(fromLayer1));
    assertClose(d.of(b), dz2.plus(dz1));
    assertClose(d.of(x), plain(w).transposed().times(dz1));
  }

  /** Closing remarks: the derivative of J = J1 + J2 + J3 is the sum of theirs. */
  @Test
  void note3CostsAddUp() {
    Tensor x = Tensor.normal(random, F64, 3, 2);
    Tensor w = leaf(3, 3);

    Tensor all = w.matmul(x).sigmoid().square().sum().add(w.square().mean()).add(w.tanh().sum());
    Tensor together = Autograd.grad(all, w);

    Tensor first = Autograd.grad(w.matmul(x).sigmoid().square().sum(), w);
    Tensor second = Autograd.grad(w.square().mean(), w);
    Tensor third = Autograd.grad(w.tanh().sum(), w);
    assertClose(together, plain(first).plus(plain(second)).plus(plain(third)));
    assertClose(second, plain(w).scaled(2.0 / 9));
    assertClose(third, Activation.TANH.slope(plain(w)));
  }

  // ---------------------------------------------------------------- fourth note

  /** Examples as rows, Z = X W' + b, loss per row: what the note calls dA2, dZ2, dA1 and dZ1. */
  @Test
  void note4LossPerRow() {
    Network4 net = new Network4(7);

    Gradients d = net.gradients(logLoss(net.a2, net.y).sum());

    net.assertDeltas(d, 1);
    assertClose(d.of(net.w2), net.dZ2().transposed().times(plain(net.a1)));
    assertClose(d.of(net.b2), net.dZ2().sumOfRows());
    assertClose(d.of(net.w1), net.dZ1().transposed().times(plain(net.x)));
    assertClose(d.of(net.b1), net.dZ1().sumOfRows());
  }

  /** The loss averaged over m rows: the note's dW and db, which it divides by m. */
  @Test
  void note4AveragedLoss() {
    int m = 7;
    Network4 net = new Network4(m);

    Gradients d = net.gradients(logLoss(net.a2, net.y).mean());

    net.assertDeltas(d, 1.0 / m);
    assertClose(d.of(net.w2), net.dZ2().transposed().times(plain(net.a1)).scaled(1.0 / m));
    assertClose(d.of(net.b2), net.dZ2().sumOfRows().scaled(1.0 / m));
    assertClose(d.of(net.w1), net.dZ1().transposed().times(plain(net.x)).scaled(1.0 / m));
    assertClose(d.of(net.b1), net.dZ1().sumOfRows().scaled(1.0 / m));
  }

  /** The network of the fourth note: D = 2 features, h = 4 hidden units, one output. */
  private final class Network4 {
    private final Tensor x;
    private final Tensor y;
    private final Tensor w1 = leaf(4, 2);
    private final Tensor b1 = leaf(1, 4);
    private final Tensor w2 = leaf(1, 4);
    private final Tensor b2 = leaf(1, 1);
    private final Tensor z1;
    private final Tensor a1;
    private final Tensor z2;
    private final Tensor a2;

    Network4(int m) {
      x = Tensor.normal(random, F64, m, 2);
      y = labels(m, 1);
      z1 = x.matmul(w1.transpose()).add(b1);
      a1 = z1.tanh();
      z2 = a1.matmul(w2.transpose()).add(b2);
      a2 = z2.sigmoid();
    }

    Gradients gradients(Tensor loss) {
      return Autograd.grad(loss, a2, z2, w2, b2, a1, z1, w1, b1);
    }

    PlainMatrix dZ2() {
      return plain(a2).minus(plain(y));
    }

    PlainMatrix dA1() {
      return dZ2().times(plain(w2));
    }

    PlainMatrix dZ1() {
      return dA1().elementwise(Activation.TANH.slope(plain(z1)));
    }

    void assertDeltas(Gradients d, double factor) {
      PlainMatrix dA2 = dZ2().with(plain(a2), (delta, a) -> delta / (a * (1 - a)));
      assertClose(d.of(a2), dA2.scaled(factor));
      assertClose(d.of(z2), dZ2().scaled(factor));
      assertClose(d.of(a1), dA1().scaled(factor));
      assertClose(d.of(z1), dZ1().scaled(factor));
    }
  }

  // ---------------------------------------------------------------- fifth note

  /** A single neuron a = sigmoid(w x + b), in scalars. */
  @ParameterizedTest
  @CsvSource({"0.5, -1.2, 0.3, 1", "-1.5, 0.9, 0, 1", "-0.25, -0.75, 0.5, 0", "2, 1, -1, 0"})
  void note5Neuron(double xValue, double wValue, double bValue, double yValue) {
    Tensor x = Tensor.scalar(xValue);
    Tensor w = Tensor.scalar(wValue).withGrad();
    Tensor b = Tensor.scalar(bValue).withGrad();
    Tensor z = w.mul(x).add(b);
    Tensor a = z.sigmoid();
    Tensor loss = logLoss(a, Tensor.scalar(yValue));

    Gradients d = Autograd.grad(loss, a, z, w, b);

    double output = sigmoid(wValue * xValue + bValue);
    assertClose(d.of(a), (output - yValue) / (output * (1 - output)));
    assertClose(d.of(z), output - yValue);
    assertClose(d.of(w), (output - yValue) * xValue);
    assertClose(d.of(b), output - yValue);
  }

  /** Steps 1 to 5: a hidden layer of relu units, and the errors delta2 and delta1. */
  @Test
  void note5TwoLayers() {
    Tensor x = Tensor.normal(random, F64, 2, 1);
    Tensor y = labels(1, 1);
    Tensor w1 = leaf(5, 2);
    Tensor b1 = leaf(5, 1);
    Tensor w2 = leaf(1, 5);
    Tensor b2 = leaf(1, 1);
    Tensor z1 = w1.matmul(x).add(b1);
    Tensor a1 = z1.relu();
    Tensor z2 = w2.matmul(a1).add(b2);
    Tensor yhat = z2.sigmoid();
    Tensor loss = logLoss(yhat, y).sum();

    Gradients d = Autograd.grad(loss, yhat, z2, w2, b2, a1, z1, w1, b1);

    PlainMatrix delta2 = plain(yhat).minus(plain(y));
    PlainMatrix delta1 =
        plain(w2).transposed().times(delta2).elementwise(Activation.RELU.slope(plain(z1)));
    assertClose(d.of(yhat), delta2.with(plain(yhat), (delta, a) -> delta / (a * (1 - a))));
    assertClose(d.of(z2), delta2);
    assertClose(d.of(w2), delta2.times(Activation.RELU.of(plain(z1)).transposed()));
    assertClose(d.of(b2), delta2);
    assertClose(d.of(a1), plain(w2).transposed().times(delta2));
    assertClose(d.of(z1), delta1);
    assertClose(d.of(w1), delta1.times(plain(x).transposed()));
    assertClose(d.of(b1), delta1);
  }

  // ---------------------------------------------------------------- shared

  /** The loss of each example, -(y log a + (1 - y) log(1 - a)), as the notes write it out. */
  private static Tensor logLoss(Tensor a, Tensor y) {
    return y.mul(a.log()).add(y.subFrom(1).mul(a.subFrom(1).log())).neg();
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private Tensor leaf(int rows, int columns) {
    return Tensor.normal(random, F64, rows, columns).mul(0.5).withGrad();
  }

  private Tensor labels(int rows, int columns) {
    return Tensor.uniform(random, F64, rows, columns).gt(0.5).to(F64);
  }

  private static PlainMatrix plain(Tensor matrix) {
    return PlainMatrix.of(matrix);
  }

  private static void assertClose(Tensor actual, double expected) {
    assertThat(actual.item()).isCloseTo(expected, within(TOLERANCE));
  }

  private static void assertClose(Tensor actual, PlainMatrix expected) {
    assertThat(actual.shape().toArray()).containsExactly(expected.rows(), expected.columns());
    assertThat(distance(actual, expected))
        .as("distance of %s from the closed formula", actual)
        .isLessThanOrEqualTo(TOLERANCE);
  }

  private static double distance(Tensor actual, PlainMatrix expected) {
    return plain(actual).minus(expected).norm();
  }
}
