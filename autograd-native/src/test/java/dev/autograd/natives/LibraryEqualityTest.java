package dev.autograd.natives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import dev.autograd.kernel.Backends;
import dev.autograd.kernel.Gemm;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each library that is on the class path against the definition of a product, over its own sizes
 * and others. The build runs this test in the profile {@code native} only.
 */
@Tag("native")
class LibraryEqualityTest {

  private static final int[][] SHAPES = {
    {2, 2, 1}, {3, 5, 7}, {16, 16, 16}, {17, 33, 65}, {64, 10, 128}, {31, 100, 3}, {100, 90, 150}
  };

  static Stream<Layer> libraries() {
    return Libraries.find(Platform.current(), LibraryEqualityTest.class.getClassLoader())
        .layers()
        .stream();
  }

  private record Run(Layer layer, Gemm sizes, Object a, Object b) {

    static Run random(Layer layer, int[] shape, int transposes, long seed) {
      Gemm sizes = new Gemm(shape[0], shape[1], shape[2], transposes % 2 == 1, transposes > 1);
      Random random = new Random(seed);
      return new Run(
          layer,
          sizes,
          Reference.operand(layer.dtype(), 0, shape[0] * shape[2], random),
          Reference.operand(layer.dtype(), 0, shape[2] * shape[1], random));
    }

    Object at(int offset) {
      Object c = Reference.result(layer.dtype(), offset + sizes.m() * sizes.n());
      int status =
          layer
              .product()
              .multiply(
                  sizes.transposeA(),
                  sizes.transposeB(),
                  sizes.m(),
                  sizes.n(),
                  sizes.k(),
                  moved(a, offset),
                  offset,
                  sizes.lda(),
                  moved(b, offset),
                  offset,
                  sizes.ldb(),
                  c,
                  offset,
                  sizes.ldc());
      assertThat(status).isZero();
      return c;
    }

    private Object moved(Object x, int offset) {
      int length = Array.getLength(x);
      Object moved = layer.dtype().allocate(offset + length);
      System.arraycopy(x, 0, moved, offset, length);
      return moved;
    }

    Object values(int offset) {
      int count = sizes.m() * sizes.n();
      Object values = layer.dtype().allocate(count);
      System.arraycopy(at(offset), offset, values, 0, count);
      return values;
    }
  }

  @Test
  void librariesAreThere() {
    assertThat(libraries()).isNotEmpty();
    assertThat(Backends.description()).startsWith("native");
    assertThat(Backends.kernels(DType.F64).blocksKeepBits()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void productsAgreeWithTheDefinition(Layer layer) {
    for (int[] shape : SHAPES) {
      for (int transposes = 0; transposes < 4; transposes++) {
        Run run = Run.random(layer, shape, transposes, shape[2]);
        Reference.check(run.sizes, run.a, 0, run.b, 0, run.at(5), 5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void theBitsDoNotDependOnWhereArraysLie(Layer layer) {
    for (int[] shape : SHAPES) {
      for (int transposes = 0; transposes < 4; transposes++) {
        Run run = Run.random(layer, shape, transposes, shape[0]);
        Object expected = run.values(0);
        for (int offset : new int[] {1, 3, 4, 7, 8, 13}) {
          assertThat(run.values(offset)).as("%s from %d", run.sizes, offset).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void theBitsDoNotDependOnOtherThreads(Layer layer) throws Exception {
    Run run = Run.random(layer, new int[] {200, 150, 300}, 2, 1);
    Object expected = run.values(0);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Object>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        results.add(threads.submit(() -> run.values(0)));
      }
      for (Future<Object> result : results) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void zeroTimesInfinityAndNaNAreNaN(Layer layer) {
    for (int[] shape : SHAPES) {
      for (double special : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        for (int transposes = 0; transposes < 4; transposes++) {
          Run run = Run.random(layer, shape, transposes, 1);
          Gemm sizes = run.sizes;
          for (int i = 0; i < sizes.m() * sizes.k(); i++) {
            Reference.set(run.a, i, 0);
          }
          int column = sizes.n() / 2;
          Reference.set(run.b, sizes.offsetB(column), special);
          Object c = run.at(0);
          for (int i = 0; i < sizes.m(); i++) {
            for (int j = 0; j < sizes.n(); j++) {
              double expected = j == column ? Double.NaN : 0;
              // Without the sign of the zero.
              assertThat(Array.getDouble(c, sizes.offsetOut(i, j)) + 0.0)
                  .as("%s at (%d, %d)", sizes, i, j)
                  .isEqualTo(Double.valueOf(expected));
            }
          }
        }
      }
    }
  }
}
