package dev.autograd.array;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NdArrayTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @EnumSource
  void zerosAreZeroOfTheType(DType dtype) {
    NdArray zeros = NdArray.zeros(dtype, Shape.of(2, 3));
    assertThat(zeros.size()).isEqualTo(6);
    assertThat(zeros.data()).hasSameClassAs(dtype.allocate(0));
    for (int i = 0; i < 6; i++) {
      assertThat(zeros.doubleAt(i)).isZero();
      assertThat(zeros.longAt(i)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeConvertsToEveryOther(DType from) {
    for (DType to : DType.values()) {
      NdArray converted = f64(0, 1, 1, 0).to(from).to(to);
      assertThat(converted.dtype()).isEqualTo(to);
      assertThat(converted.shape()).isEqualTo(Shape.of(4));
      for (int i = 0; i < 4; i++) {
        assertThat(converted.longAt(i)).isEqualTo(i == 1 || i == 2 ? 1 : 0);
      }
    }
  }

  @Test
  void integersCutFractionsOffAndSaturate() {
    NdArray values = f64(-2.7, 2.7, Double.NaN, INF, 1e12, -0.0);
    assertThat((int[]) values.to(DType.I32).data())
        .containsExactly(-2, 2, 0, Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
    assertThat((long[]) values.to(DType.I64).data())
        .containsExactly(-2, 2, 0, Long.MAX_VALUE, 1_000_000_000_000L, 0);
  }

  @Test
  void whateverIsNotZeroIsTrue() {
    NdArray values = f64(0, -0.0, Double.NaN, Double.MIN_VALUE, -1, INF);
    assertThat((boolean[]) values.to(DType.BOOL).data())
        .containsExactly(false, false, true, true, true, true);
  }

  @Test
  void singlePrecisionRoundsOnce() {
    long justAboveHalf = (1L << 60) + (1L << 36) + 1;
    NdArray longs = new NdArray(Shape.of(1), DType.I64, new long[] {justAboveHalf});
    assertThat(((float[]) longs.to(DType.F32).data())[0]).isEqualTo((float) justAboveHalf);
    assertThat(((float[]) f64(0.1).to(DType.F32).data())[0]).isEqualTo(0.1f);
  }

  @Test
  void longsKeepAllTheirDigits() {
    long big = (1L << 53) + 1;
    NdArray longs = new NdArray(Shape.of(1), DType.I64, new long[] {big});
    assertThat(longs.longAt(0)).isEqualTo(big);
    assertThat(longs.to(DType.I64).longAt(0)).isEqualTo(big);
  }

  @Test
  void copiesShareNothing() {
    NdArray block = f64(1, 2);
    NdArray copy = block.copy();
    NdArray same = block.to(DType.F64);
    ((double[]) block.data())[0] = 9;
    assertThat(copy.doubleAt(0)).isEqualTo(1);
    assertThat(same.doubleAt(0)).isEqualTo(1);
  }

  @Test
  void onlyTheElementsOfTheShapeCount() {
    NdArray block = new NdArray(Shape.of(2), DType.F64, new double[] {1, 2, 3});
    assertThat((double[]) block.copy().data()).containsExactly(1, 2);
    assertThat((float[]) block.to(DType.F32).data()).containsExactly(1, 2);
  }

  @Test
  void anotherShapeSharesTheElements() {
    NdArray block = f64(1, 2, 3, 4);
    NdArray square = block.withShape(Shape.of(2, 2));
    assertThat(square.data()).isSameAs(block.data());
    assertThat(square.shape()).isEqualTo(Shape.of(2, 2));
  }

  @ParameterizedTest
  @EnumSource
  void typesKnowTheirSize(DType dtype) {
    assertThat(dtype.isFloating()).isEqualTo(dtype == DType.F32 || dtype == DType.F64);
    int bytes =
        switch (dtype) {
          case BOOL -> 1;
          case F32, I32 -> 4;
          case F64, I64 -> 8;
        };
    assertThat(dtype.bytes()).isEqualTo(bytes);
  }

  private static NdArray f64(double... values) {
    return new NdArray(Shape.of(values.length), DType.F64, values);
  }
}
