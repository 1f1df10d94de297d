package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.autograd.array.Broadcast;
import dev.autograd.array.NaiveIndex;
import dev.autograd.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code map}, {@code zip} and {@code compare} against their definitions. */
class ElementwiseTest {

  private static final double ULPS = 8;

  private static final List<List<Shape>> PAIRS =
      List.of(
          shapes(new int[] {}, new int[] {}),
          shapes(new int[] {3}, new int[] {}),
          shapes(new int[] {}, new int[] {600}),
          shapes(new int[] {1}, new int[] {1, 1}),
          shapes(new int[] {2, 3}, new int[] {3}),
          shapes(new int[] {2, 3}, new int[] {2, 1}),
          shapes(new int[] {2, 1}, new int[] {1, 3}),
          shapes(new int[] {0, 3}, new int[] {3}),
          shapes(new int[] {3, 0}, new int[] {1}),
          shapes(new int[] {3, 600}, new int[] {3, 1}),
          shapes(new int[] {600}, new int[] {3, 600}),
          shapes(new int[] {700, 2}, new int[] {700, 1}),
          shapes(new int[] {5, 1}, new int[] {1, 700}),
          shapes(new int[] {3, 1500}, new int[] {1500}),
          shapes(new int[] {3, 1500}, new int[] {3, 1}),
          shapes(new int[] {300, 10}, new int[] {10}),
          shapes(new int[] {1, 1025}, new int[] {1}),
          shapes(new int[] {1, 3, 1}, new int[] {4, 1, 5}),
          shapes(new int[] {2, 3, 4, 5}, new int[] {3, 1, 5}),
          shapes(new int[] {2, 1, 7, 1, 40}, new int[] {3, 1, 4, 40}));

  private static List<Shape> shapes(int[] left, int[] right) {
    return List.of(Shape.of(left), Shape.of(right));
  }

  @ParameterizedTest
  @EnumSource
  void mapFollowsTheDefinition(Unary op) {
    for (Precision precision : Precision.values()) {
      assertMap(op, precision, Samples.SPECIAL);
      for (int n : Samples.LENGTHS) {
        assertMap(op, precision, Samples.random(n, n, true));
      }
    }
  }

  private static void assertMap(Unary op, Precision precision, double[] values) {
    double[] x = precision.round(values);
    Object out = precision.result(x.length);
    precision.kernels().map(op, precision.operand(x), out, 0, x.length);
    double[] actual = precision.read(out, x.length);
    for (int i = 0; i < x.length; i++) {
      double v = x[i];
      // The definitions by a difference are accurate to the last place of 1 only.
      double magnitude = op == Unary.ERF || (op == Unary.ERFC && v < 1) ? 1 : 0;
      // Those by a product with a subnormal power of e are accurate to the last place of that.
      boolean subnormal = (op == Unary.SILU || op == Unary.MISH) && v < -700;
      magnitude = subnormal ? 1e-305 : magnitude;
      precision.assertClose(
          actual[i], Naive.unary(op, v), ULPS, magnitude, () -> op + "(" + v + ") in " + precision);
    }
  }

  @Test
  void signsOfZeroFollowTheDefinition() {
    double[] zeros = {0.0, -0.0};
    for (Precision precision : Precision.values()) {
      for (Unary op :
          List.of(Unary.NEG, Unary.SIGN, Unary.TANH, Unary.ERF, Unary.SIN, Unary.SQRT)) {
        Object out = precision.result(2);
        precision.kernels().map(op, precision.operand(zeros), out, 0, 2);
        double positive = op == Unary.NEG ? -0.0 : 0.0;
        assertThat(precision.read(out, 2)).as("%s", op).containsExactly(positive, -positive);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void zipFollowsTheDefinition(Binary op) {
    int special = Samples.SPECIAL.length;
    double[] x = new double[special * special];
    double[] y = new double[special * special];
    Arrays.setAll(x, i -> Samples.SPECIAL[i / special]);
    Arrays.setAll(y, i -> Samples.SPECIAL[i % special]);
    for (Precision precision : Precision.values()) {
      assertZip(op, precision, x, y, Shape.of(x.length), Shape.of(y.length));
      for (int n : Samples.LENGTHS) {
        double[] left = Samples.random(n, n, true);
        double[] right = Samples.random(n, -n, true);
        assertZip(op, precision, left, right, Shape.of(n), Shape.of(n));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void zipBroadcasts(Binary op) {
    for (List<Shape> pair : PAIRS) {
      Shape left = pair.get(0);
      Shape right = pair.get(1);
      double[] x = Samples.random(left.size(), 1, false);
      double[] y = Samples.random(right.size(), 2, false);
      for (Precision precision : Precision.values()) {
        assertZip(op, precision, x, y, left, right);
        assertZip(op, precision, y, x, right, left);
      }
    }
  }

  private static void assertZip(
      Binary op, Precision precision, double[] left, double[] right, Shape l, Shape r) {
    double[] x = precision.round(left);
    double[] y = precision.round(right);
    for (int i = 0; i < y.length; i++) {
      y[i] = precision.round(inDomain(op, y[i]));
    }
    Broadcast plan = Broadcast.of(l, r);
    int n = plan.shape().size();
    Object out = precision.result(n);
    precision
        .kernels()
        .zip(op, precision.operand(x), precision.operand(y), out, plan, 0, plan.dims()[0]);
    double[] actual = precision.read(out, n);
    for (int i = 0; i < n; i++) {
      double a = x[NaiveIndex.ofOperand(i, plan.shape(), l)];
      double b = y[NaiveIndex.ofOperand(i, plan.shape(), r)];
      precision.assertClose(
          actual[i],
          Naive.binary(op, a, b),
          ULPS,
          cancelling(op, a, b),
          () -> op + "(" + a + ", " + b + ") in " + precision);
    }
  }

  /**
   * Returns the size of the terms of functions with zeros, where terms cancel; 0 for others. The
   * definitions with a subnormal power of e are accurate to its last place.
   */
  private static double cancelling(Binary op, double x, double y) {
    boolean subnormal = y < -700 && Double.isFinite(x);
    return switch (op) {
      case SELU_GRAD -> subnormal ? Math.abs(x) * 1e-305 : 0;
      case SILU_GRAD, MISH_GRAD ->
          subnormal ? Math.abs(x) * 1e-305 : Math.abs(y) < 6 ? 2 * Math.abs(x) : 0;
      case GELU_GRAD, GELU_TANH_GRAD -> Math.abs(y) < 6 ? 2 * Math.abs(x) : 0;
      case LOG_ADD_EXP -> Math.abs(Math.max(x, y));
      case BCE_WITH_LOGITS -> Double.isFinite(x * y) ? Math.abs(x) + Math.abs(x * y) : 0;
      default -> 0;
    };
  }

  /** Returns a number that the saved value of a derivative can be. */
  private static double inDomain(Binary op, double y) {
    return switch (op) {
      case TANH_GRAD -> Math.tanh(y);
      case SIGMOID_GRAD -> 0.5 + 0.5 * Math.tanh(y);
      case RELU_GRAD -> Math.max(y, 0);
      default -> y;
    };
  }

  @Test
  void reluGradOfADeadUnitIsPositiveZero() {
    for (Precision precision : Precision.values()) {
      Object out = precision.result(2);
      Broadcast plan = Broadcast.of(Shape.of(2), Shape.of(2));
      Object g = precision.operand(-3, Double.NEGATIVE_INFINITY);
      precision
          .kernels()
          .zip(Binary.RELU_GRAD, g, precision.operand(0, 0), out, plan, 0, plan.dims()[0]);
      assertThat(precision.read(out, 2)).containsExactly(0.0, 0.0);
    }
  }

  @Test
  void smoothFunctionsHoldInTheTails() {
    Precision f64 = Precision.F64;
    assertThat(map(Unary.SIGMOID, -800)).isZero();
    f64.assertClose(map(Unary.SIGMOID, -720), Math.exp(-720), 1, () -> "sigmoid");
    assertThat(map(Unary.LOG_SIGMOID, -1000)).isEqualTo(-1000);
    f64.assertClose(map(Unary.SOFTPLUS, -40), 4.248354255291589e-18, 2, () -> "softplus");
    f64.assertClose(map(Unary.GELU, -10), -7.619853024160526e-23, 4, () -> "gelu");
    assertThat(map(Unary.LOG_CLAMPED, 0)).isEqualTo(-100);
  }

  private static double map(Unary op, double x) {
    Object out = Precision.F64.result(1);
    Precision.F64.kernels().map(op, Precision.F64.operand(x), out, 0, 1);
    return Precision.F64.read(out, 1)[0];
  }

  @ParameterizedTest
  @EnumSource
  void compareFollowsTheDefinition(Comparison op) {
    int special = Samples.SPECIAL.length;
    for (Precision precision : Precision.values()) {
      double[] column = precision.round(Samples.SPECIAL);
      assertCompare(op, precision, column, column, Shape.of(special, 1), Shape.of(special));
      for (int n : Samples.LENGTHS) {
        double[] x = precision.round(Samples.random(n, n, true));
        double[] y = x.clone();
        Random random = new Random(n);
        Arrays.setAll(y, i -> random.nextBoolean() ? x[i] : -x[i]);
        assertCompare(op, precision, x, y, Shape.of(n), Shape.of(n));
        assertCompare(op, precision, x, new double[] {1}, Shape.of(n), Shape.SCALAR);
      }
    }
  }

  private static void assertCompare(
      Comparison op, Precision precision, double[] x, double[] y, Shape l, Shape r) {
    Broadcast plan = Broadcast.of(l, r);
    int n = plan.shape().size();
    boolean[] out = new boolean[n + 2];
    out[n] = true;
    precision
        .kernels()
        .compare(op, precision.operand(x), precision.operand(y), out, plan, 0, plan.dims()[0]);
    for (int i = 0; i < n; i++) {
      double a = x[NaiveIndex.ofOperand(i, plan.shape(), l)];
      double b = y[NaiveIndex.ofOperand(i, plan.shape(), r)];
      if (out[i] != Naive.comparison(op, a, b)) {
        fail("%s %s %s is %s", a, op, b, out[i]);
      }
    }
    assertThat(out[n]).isTrue();
    assertThat(out[n + 1]).isFalse();
  }
}
