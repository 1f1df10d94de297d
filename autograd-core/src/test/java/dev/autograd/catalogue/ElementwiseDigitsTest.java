package dev.autograd.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Digits that a formula loses which is right in the middle of its domain: beside borders, in tails,
 * and where a square rounds. The numbers are from arithmetic with 100 digits.
 */
class ElementwiseDigitsTest {

  private static final double BELOW_1 = 1 - 0x1p-40;
  private static final double ABOVE_1 = 1 + 0x1p-40;

  /** A derivative of some order, within some units in the last place. */
  private record Digits(
      String name, UnaryOperator<Tensor> f, int order, double at, double exact, int ulps) {}

  private static final List<Digits> DIGITS =
      List.of(
          new Digits("asin", Tensor::asin, 1, BELOW_1, 741455.2001896339, 2),
          new Digits("asin", Tensor::asin, 2, BELOW_1, 4.0761930704155674e17, 5),
          new Digits("acos", Tensor::acos, 0, BELOW_1, 1.3486991523487112e-6, 1),
          new Digits("acos", Tensor::acos, 1, BELOW_1, -741455.2001896339, 2),
          new Digits("acosh", Tensor::acosh, 0, ABOVE_1, 1.3486991523485068e-6, 2),
          new Digits("acosh", Tensor::acosh, 1, ABOVE_1, 741455.2001892966, 2),
          new Digits("acosh", Tensor::acosh, 2, ABOVE_1, -4.0761930704174214e17, 6),
          new Digits("acosh", Tensor::acosh, 0, 0x1p27 + 1, 19.408121063129048, 1),
          new Digits("asinh", Tensor::asinh, 0, 0x1p27 + 1, 19.408121063129048, 1),
          new Digits("asinh", Tensor::asinh, 0, 1e-9, 1e-9, 1),
          new Digits("atanh", Tensor::atanh, 0, BELOW_1, 14.20951720147865, 1),
          new Digits("atanh", Tensor::atanh, 1, BELOW_1, 549755813888.25, 1),
          new Digits("atanh", Tensor::atanh, 2, -BELOW_1, -6.044629098073146e23, 3),
          new Digits("log2", Tensor::log2, 0, ABOVE_1, 1.3121234959619935e-12, 2),
          new Digits("erf", Tensor::erf, 1, 5.1, 5.707627016928692e-12, 3),
          new Digits("erfc", Tensor::erfc, 0, 26, 5.663192408856143e-296, 4),
          new Digits("erfc", Tensor::erfc, 1, 20, -2.1610374743867984e-174, 3),
          new Digits("mish", Tensor::mish, 1, -40, -1.6568581595637197e-16, 4),
          new Digits("geluTanh", Tensor::geluTanh, 0, -10, -1.204092348209806e-37, 4),
          new Digits("geluTanh", Tensor::geluTanh, 0, -20, -3.3754509563109673e-261, 4),
          new Digits("geluTanh", Tensor::geluTanh, 1, -10, -2.7576380638540315e-36, 4),
          new Digits(
              "logAddExp", ElementwiseDigitsTest::besideZero, 0, -40, 4.248354255291589e-18, 2),
          new Digits(
              "logAddExp", ElementwiseDigitsTest::besideZero, 1, -40, 4.248354255291589e-18, 2));

  private static Tensor besideZero(Tensor x) {
    return x.logAddExp(Tensor.zeros(x.dtype()));
  }

  @TestFactory
  Stream<DynamicTest> derivatives() {
    return DIGITS.stream()
        .map(
            digits ->
                dynamicTest(
                    digits.name() + " of order " + digits.order() + " at " + digits.at(),
                    () -> {
                      double actual = derivative(digits, DType.F64);
                      assertThat(Math.abs(actual - digits.exact()) / Math.ulp(digits.exact()))
                          .as("units in the last place of %s", actual)
                          .isLessThanOrEqualTo(digits.ulps());
                    }));
  }

  private static double derivative(Digits digits, DType dtype) {
    Tensor x = Tensor.full(dtype, digits.at()).withGrad();
    Tensor y = digits.f().apply(x);
    for (int order = 0; order < digits.order(); order++) {
      y = Autograd.grad(y, x, GradOptions.createGraph());
    }
    return y.item();
  }

  /** Single precision computes these in double precision: only the result is rounded. */
  @Test
  void singlePrecisionIsRoundedOnce() {
    for (float at : new float[] {0.99999994f, 0.5f, -0.25f, 1e-20f}) {
      for (UnaryOperator<Tensor> f :
          List.<UnaryOperator<Tensor>>of(Tensor::asin, Tensor::acos, Tensor::atanh, Tensor::erfc)) {
        for (int order = 0; order < 2; order++) {
          Digits digits = new Digits("", f, order, at, 0, 0);
          assertThat((float) derivative(digits, DType.F32))
              .isEqualTo((float) derivative(digits, DType.F64));
        }
      }
    }
  }

  @Test
  void bothSidesBelongTogether() {
    Tensor x = Tensor.linspace(DType.F64, -30, 30, 601);

    assertSame(x.erfc().add(x.neg().erfc()), Tensor.full(DType.F64, 2, 601));
    assertSame(x.geluTanh().sub(x.neg().geluTanh()), x);
    assertSame(x.sinh().asinh(), x);
    assertSame(x.tan().atan().sub(x).div(Math.PI), x.tan().atan().sub(x).div(Math.PI).round());
    assertSame(x.sin().atan2(x.cos()).sin(), x.sin());
    assertSame(x.floor().add(x.sub(x.floor())), x);
    assertSame(x.floor(), x.neg().ceil().neg());
    assertSame(x.remainder(7).sub(x).div(7).round().mul(7).add(x), x.remainder(7));
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    double[] a = actual.toDoubleArray();
    double[] e = expected.toDoubleArray();
    for (int i = 0; i < e.length; i++) {
      assertThat(Math.abs(a[i] - e[i]))
          .as("%s", i)
          .isLessThanOrEqualTo(1e-14 * (1 + Math.abs(e[i])));
    }
  }
}
