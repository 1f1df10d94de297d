package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sines and cosines in vectors where reduction is hard, and where vectors leave it to others. */
@Tag("vector")
class VectorSineTest {

  private static final int LENGTH = 512;

  private static double[] mapped(Precision precision, Unary op, double... x) {
    Object out = precision.result(x.length);
    precision.kernels().map(op, precision.operand(x), out, 0, x.length);
    return precision.read(out, x.length);
  }

  /**
   * The numbers of a type that lie closest to multiples of π/2, found by continued fractions, and
   * their sines and cosines from 400 binary digits: all but some digits of x cancel.
   */
  @ParameterizedTest
  @CsvSource({
    "F64, 0x1.6c6cbc45dc8dep+5, 1.0, -6.189806365883577e-19",
    "F64, 0x1.b951f1572eba5p+23, -1.0, -1.6985038298986004e-18",
    "F64, 0x1.b951f1572eba5p+25, -6.7940153195944015e-18, 1.0",
    "F64, 0x1.065c829d68730p+39, 1.0, 1.5011223641895818e-17",
    "F32, 0x1.f9cbe2p+7, 1.0, -4.185706803757208e-09",
    "F32, 0x1.f9cbe2p+8, -8.371413607514415e-09, -1.0",
    "F32, 0x1.9a48dep+15, 0.9999999999999999, -1.6221329239221883e-08",
    "F32, 0x1.9a48dep+16, -3.244265847844376e-08, -0.9999999999999994"
  })
  void areCloseNextToMultiplesOfHalfPi(Precision precision, double x, double sin, double cos) {
    double[] same = new double[LENGTH];
    Arrays.fill(same, x);
    Arrays.fill(same, LENGTH / 2, LENGTH, -x);
    double[] sines = mapped(precision, Unary.SIN, same);
    double[] cosines = mapped(precision, Unary.COS, same);
    for (int i : new int[] {0, LENGTH - 1}) {
      double sign = i == 0 ? 1 : -1;
      precision.assertClose(sines[i], sign * sin, 2, () -> "sin " + x);
      precision.assertClose(cosines[i], cos, 2, () -> "cos " + x);
    }
  }

  /** The double one is the textbook's worst case of all; both are beyond what vectors reduce. */
  @ParameterizedTest
  @CsvSource({
    "F64, 0x1.6ac5b262ca1ffp+849, 1.0, -4.687165924254628e-19",
    "F32, 1e22, -0.7340815352961015, 0.679061337095051"
  })
  void areCloseBeyondTheBorder(Precision precision, double x, double sin, double cos) {
    double[] same = new double[LENGTH];
    Arrays.fill(same, precision.round(x));
    for (double y : mapped(precision, Unary.SIN, same)) {
      precision.assertClose(y, sin, 1, () -> "sin " + x);
    }
    for (double y : mapped(precision, Unary.COS, same)) {
      precision.assertClose(y, cos, 1, () -> "cos " + x);
    }
  }

  /** Results must not depend on what lies in the same vector: threads split where they like. */
  @ParameterizedTest
  @EnumSource
  void doNotDependOnTheirNeighbours(Precision precision) {
    Random random = new Random(17);
    double[] x = new double[LENGTH];
    Arrays.setAll(x, i -> precision.round(20 * random.nextGaussian()));
    double[] disturbed = x.clone();
    List<Double> strange = List.of(1e30, Double.NaN, Double.NEGATIVE_INFINITY, 0x1p46, 0x1p17);
    for (int i = 0; i < LENGTH; i += 3) {
      disturbed[i] = precision.round(strange.get(i % strange.size()));
    }
    for (Unary op : List.of(Unary.SIN, Unary.COS)) {
      double[] alone = mapped(precision, op, x);
      double[] together = mapped(precision, op, disturbed);
      for (int i = 0; i < LENGTH; i++) {
        if (i % 3 != 0) {
          assertThat(together[i]).isEqualTo(Double.valueOf(alone[i]));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void areTheSameInPlace(Precision precision) {
    double[] x = precision.round(Samples.random(LENGTH + 3, 5, true));
    for (Unary op : List.of(Unary.SIN, Unary.COS)) {
      Object array = precision.operand(x);
      precision.kernels().map(op, array, array, 0, x.length);
      double[] apart = mapped(precision, op, x);
      for (int i = 0; i < x.length; i++) {
        assertThat(java.lang.reflect.Array.getDouble(array, i)).isEqualTo(Double.valueOf(apart[i]));
      }
    }
  }

  @Test
  void keepTheSignOfZero() {
    double[] zeros = new double[LENGTH];
    Arrays.setAll(zeros, i -> i % 2 == 0 ? -0.0 : 0.0);
    for (Precision precision : Precision.values()) {
      assertThat(mapped(precision, Unary.SIN, zeros)).containsExactly(zeros);
      assertThat(mapped(precision, Unary.COS, zeros)).containsOnly(1);
    }
  }
}
