package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.kernel.scalar.PlainBackend;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions of single numbers have the bits of the loops over arrays. */
class NumberKernelsTest {

  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Double.MAX_VALUE,
    1e-30,
    88,
    -750
  };

  private static double[] values() {
    Random random = new Random(7);
    DoubleStream drawn = DoubleStream.generate(() -> 4 * random.nextGaussian()).limit(40);
    return DoubleStream.concat(DoubleStream.of(SPECIAL), drawn).toArray();
  }

  private static double rounded(DType dtype, double value) {
    return dtype == DType.F32 ? (float) value : value;
  }

  private static Object array(DType dtype, double value) {
    return dtype == DType.F32 ? new float[] {(float) value} : new double[] {value};
  }

  private static double first(Object array) {
    return array instanceof float[] floats ? floats[0] : ((double[]) array)[0];
  }

  @SuppressWarnings("unchecked")
  private static Kernels<Object> plain(DType dtype) {
    return (Kernels<Object>) new PlainBackend().kernels(dtype, null);
  }

  @ParameterizedTest
  @EnumSource
  void unary(Unary op) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      for (double value : values()) {
        double x = rounded(dtype, value);
        Object out = dtype.allocate(1);
        plain(dtype).map(op, array(dtype, x), out, 0, 1);
        assertThat(bits(Backends.kernels(dtype).map(op, x)))
            .as("%s of %s in %s", op, x, dtype)
            .isEqualTo(bits(first(out)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void binary(Binary op) {
    Broadcast plan = Broadcast.of(Shape.SCALAR, Shape.SCALAR);
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      for (double left : values()) {
        for (double right : values()) {
          double x = rounded(dtype, left);
          double y = rounded(dtype, right);
          Object out = dtype.allocate(1);
          plain(dtype).zip(op, array(dtype, x), array(dtype, y), out, plan, 0, 1);
          assertThat(bits(Backends.kernels(dtype).zip(op, x, y)))
              .as("%s of %s and %s in %s", op, x, y, dtype)
              .isEqualTo(bits(first(out)));
        }
      }
    }
  }

  /** Every NaN is the same, every zero is not. */
  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }
}
