package dev.autograd;

import static dev.autograd.array.DType.BOOL;
import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static dev.autograd.array.DType.I32;
import static dev.autograd.array.DType.I64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors from literals, arrays and rules: which element type they get, and who owns the array. */
class FactoriesTest {

  @Test
  void literalsAreF64UnlessTheSourceSaysF() {
    assertThat(Tensor.scalar(3).dtype()).isEqualTo(F64);
    assertThat(Tensor.scalar(3L).dtype()).isEqualTo(F64);
    assertThat(Tensor.scalar(3.0).dtype()).isEqualTo(F64);
    assertThat(Tensor.scalar(3f).dtype()).isEqualTo(F32);
    assertThat(Tensor.scalar('a').dtype()).isEqualTo(F64);
    assertThat(Tensor.of(1, 2).dtype()).isEqualTo(F64);
    assertThat(Tensor.of(1).dtype()).isEqualTo(F64);
    assertThat(Tensor.of(1, 2.5).dtype()).isEqualTo(F64);
    assertThat(Tensor.of(1, 2f).dtype()).isEqualTo(F32);
    assertThat(Tensor.of(1f, 2.5).dtype()).isEqualTo(F64);
    assertThat(Tensor.of(1L, 2).dtype()).isEqualTo(F64);
    assertThat(Tensor.of(new float[] {1}).dtype()).isEqualTo(F32);
    assertThat(Tensor.of(new double[] {1}).dtype()).isEqualTo(F64);
    assertThat(Tensor.of(new long[] {1}).dtype()).isEqualTo(F64);
    assertThat(Tensor.of(new double[][] {{1}}).dtype()).isEqualTo(F64);
    assertThat(Tensor.of(new float[][] {{1}}).dtype()).isEqualTo(F32);
    assertThat(Tensor.of(Shape.of(1), 1).dtype()).isEqualTo(F64);
    assertThat(Tensor.of(Shape.of(1), 1f).dtype()).isEqualTo(F32);
    assertThat(Tensor.indices(1).dtype()).isEqualTo(I32);
  }

  @Test
  void wrappedArraysKeepTheirType() {
    Tensor ints = Tensor.wrap(Shape.of(1, 2), new int[] {-1, Integer.MAX_VALUE});
    assertThat(ints.dtype()).isEqualTo(I32);
    assertThat(ints.toLongArray()).containsExactly(-1, Integer.MAX_VALUE);
    Tensor longs = Tensor.wrap(Shape.of(2), new long[] {(1L << 53) + 1, Long.MIN_VALUE});
    assertThat(longs.dtype()).isEqualTo(I64);
    assertThat(longs.toLongArray()).containsExactly((1L << 53) + 1, Long.MIN_VALUE);
    Tensor mask = Tensor.wrap(Shape.of(2, 1), new boolean[] {true, false});
    assertThat(mask.dtype()).isEqualTo(BOOL);
    assertThat(Tensor.of(5, 6).where(mask, 0).toDoubleArray()).containsExactly(5, 6, 0, 0);
  }

  @Test
  void wrappedArraysMustFit() {
    assertThatThrownBy(() -> Tensor.wrap(Shape.of(2), new int[3]))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Tensor.wrap(Shape.of(2), new long[1]))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Tensor.wrap(Shape.SCALAR, new boolean[0]))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void integersAreExactOrRefused() {
    long limit = 1L << 53;
    assertThat(Tensor.scalar(limit).item()).isEqualTo(0x1p53);
    assertThat(Tensor.of(-limit, 7).toDoubleArray()).containsExactly(-0x1p53, 7);
    assertThatThrownBy(() -> Tensor.scalar(limit + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "scalar: 9007199254740993 is beyond 2^53, where F64 has not every integer; write it as"
                + " a double if a rounded value will do");
    assertThatThrownBy(() -> Tensor.of(1, -limit - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("of: -9007199254740993 is beyond 2^53");
    assertThatThrownBy(() -> Tensor.of(Shape.of(1), Long.MIN_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shapes() {
    assertThat(Tensor.scalar(3).shape()).isEqualTo(Shape.SCALAR);
    assertThat(Tensor.of(1.0, 2).shape()).isEqualTo(Shape.of(2));
    assertThat(Tensor.of().shape()).isEqualTo(Shape.of(0));
    assertThat(Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}).shape()).isEqualTo(Shape.of(2, 3));
    assertThat(Tensor.of(new double[0][]).shape()).isEqualTo(Shape.of(0, 0));
    assertThat(Tensor.of(new double[][] {{}, {}}).shape()).isEqualTo(Shape.of(2, 0));
    assertThat(Tensor.of(new float[][] {{1, 2}}).shape()).isEqualTo(Shape.of(1, 2));
    assertThat(Tensor.zeros(F64).shape()).isEqualTo(Shape.SCALAR);
    assertThat(Tensor.of(Shape.SCALAR, 5).item()).isEqualTo(5);
    assertThat(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4).item(1, 0)).isEqualTo(3);
  }

  @Test
  void raggedRowsAndWrongCountsAreRefused() {
    assertThatThrownBy(() -> Tensor.of(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(ShapeException.class)
        .hasMessage("of: row 0 has 2 values and row 1 has 1; rows must have equal length");
    assertThatThrownBy(() -> Tensor.of(new float[][] {{}, {3}})).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Tensor.of(Shape.of(2, 2), 1.0, 2, 3))
        .isInstanceOf(ShapeException.class)
        .hasMessage("of: shape [2, 2] has 4 elements and 3 values were given; they must be equal");
    assertThatThrownBy(() -> Tensor.wrap(Shape.of(2), new float[3]))
        .isInstanceOf(ShapeException.class)
        .hasMessage("wrap: shape [2] has 2 elements and 3 values were given; they must be equal");
  }

  @Test
  void ofCopiesAndWrapShares() {
    double[] wide = {1, 2};
    Tensor copied = Tensor.of(wide);
    Tensor copiedWithShape = Tensor.of(Shape.of(2, 1), wide);
    Tensor wrapped = Tensor.wrap(Shape.of(2, 1), wide);
    float[] narrow = {1, 2};
    Tensor copiedNarrow = Tensor.of(narrow);
    Tensor wrappedNarrow = Tensor.wrap(Shape.of(2), narrow);
    int[] integers = {1, 2};
    Tensor indices = Tensor.indices(integers);
    double[][] rows = {{1}, {2}};
    Tensor matrix = Tensor.of(rows);
    wide[0] = 9;
    narrow[0] = 9;
    integers[0] = 9;
    rows[0][0] = 9;
    assertThat(copied.item(0)).isEqualTo(1);
    assertThat(copiedWithShape.item(0, 0)).isEqualTo(1);
    assertThat(wrapped.item(0, 0)).isEqualTo(9);
    assertThat(copiedNarrow.item(0)).isEqualTo(1);
    assertThat(wrappedNarrow.item(0)).isEqualTo(9);
    assertThat(indices.item(0)).isEqualTo(1);
    assertThat(matrix.item(0, 0)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void constantsOfEveryType(DType dtype) {
    assertThat(Tensor.zeros(dtype, 2, 3).toDoubleArray()).containsOnly(0).hasSize(6);
    assertThat(Tensor.ones(dtype, 2).toDoubleArray()).containsExactly(1, 1);
    assertThat(Tensor.eye(dtype, 2).toDoubleArray()).containsExactly(1, 0, 0, 1);
    assertThat(Tensor.full(dtype, 1, 3).dtype()).isEqualTo(dtype);
    assertThat(Tensor.zeros(dtype, 2).requiresGrad()).isFalse();
  }

  @Test
  void fullRoundsOnceAndRefusesWhatIntegersCannotHold() {
    assertThat(Tensor.full(F32, 0.1, 1).toFloatArray()).containsExactly(0.1f);
    assertThat(Tensor.full(I64, 1L << 40, 1).toLongArray()).containsExactly(1L << 40);
    assertThat(Tensor.full(BOOL, 1, 1).toLongArray()).containsExactly(1);
    assertThatThrownBy(() -> Tensor.full(I32, 2.5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("full: 2.5 is no I32; give an integer in its range");
    assertThatThrownBy(() -> Tensor.full(I32, 3e9, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ranges() {
    assertThat(Tensor.arange(F64, 4).toDoubleArray()).containsExactly(0, 1, 2, 3);
    assertThat(Tensor.arange(I32, 3).toLongArray()).containsExactly(0, 1, 2);
    assertThat(Tensor.arange(F32, 0).size()).isZero();
    assertThat(Tensor.linspace(F64, 0, 1, 5).toDoubleArray())
        .containsExactly(0, 0.25, 0.5, 0.75, 1);
    assertThat(Tensor.linspace(F64, 0, 0.3, 4).item(3)).isEqualTo(0.3);
    assertThat(Tensor.linspace(F64, 1e16, 1, 2).toDoubleArray()).containsExactly(1e16, 1);
    assertThat(Tensor.linspace(F64, 2, 9, 1).toDoubleArray()).containsExactly(2);
    assertThat(Tensor.linspace(F64, 2, 9, 0).size()).isZero();
    assertThat(Tensor.linspace(F64, 1, -1, 3).toDoubleArray()).containsExactly(1, 0, -1);
    assertThatThrownBy(() -> Tensor.linspace(I32, 0, 1, 3)).isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> Tensor.arange(F64, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void randomValuesFollowTheGenerator() {
    Random expected = new Random(5);
    double[] values = Tensor.normal(new Random(5), F64, 2, 3).toDoubleArray();
    for (double value : values) {
      assertThat(value).isEqualTo(expected.nextGaussian());
    }
    assertThat(Tensor.uniform(new SplittableRandom(1), F64, 100).toDoubleArray())
        .containsExactly(Tensor.uniform(new SplittableRandom(1), F64, 100).toDoubleArray());
    Random uniform = new Random(5);
    assertThat(Tensor.uniform(new Random(5), F64, 2).toDoubleArray())
        .containsExactly(uniform.nextDouble(), uniform.nextDouble());
    assertThat(Tensor.uniform(new Random(6), F32, 1).item()).isEqualTo(new Random(6).nextFloat());
    float[] narrow = Tensor.uniform(new SplittableRandom(1), F32, 100_000).toFloatArray();
    for (float value : narrow) {
      assertThat(value >= 0 && value < 1).isTrue();
    }
    assertThatThrownBy(() -> Tensor.uniform(new Random(1), I32, 2))
        .isInstanceOf(DTypeException.class);
    assertThatThrownBy(() -> Tensor.normal(new Random(1), BOOL, 2))
        .isInstanceOf(DTypeException.class)
        .hasMessage("normal: the tensor is BOOL; it must be F32 or F64, convert it with to(F64)");
  }

  @Test
  void momentsOfRandomValues() {
    Tensor uniform = Tensor.uniform(new SplittableRandom(3), F64, 200_000);
    Tensor normal = Tensor.normal(new SplittableRandom(3), F64, 200_000);
    assertThat(uniform.mean().item()).isBetween(0.497, 0.503);
    assertThat(uniform.sub(0.5).square().mean().item()).isBetween(0.0825, 0.0842);
    assertThat(normal.mean().item()).isBetween(-0.01, 0.01);
    assertThat(normal.square().mean().item()).isBetween(0.99, 1.01);
    assertThat(normal.square().square().mean().item()).isBetween(2.9, 3.1);
  }

  @Test
  void aConstantBesideATensorTakesItsType() {
    Tensor narrow = Tensor.of(1f, 2f);
    assertThat(narrow.mul(0.1).dtype()).isEqualTo(F32);
    assertThat(narrow.mul(0.1).toFloatArray()).containsExactly(1f * 0.1f, 2f * 0.1f);
    assertThat(narrow.add(1).dtype()).isEqualTo(F32);
    assertThat(narrow.subFrom(1).toFloatArray()).containsExactly(0, -1);
    assertThat(narrow.divInto(1).toFloatArray()).containsExactly(1, 0.5f);
    assertThat(narrow.where(narrow.gt(1.5), 0).toFloatArray()).containsExactly(0, 2);
  }
}
