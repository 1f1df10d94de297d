package dev.autograd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Broadcast;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.array.Strides;
import dev.autograd.kernel.scalar.PlainBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pairs of which an operand repeats, with vectors: the bits of the pair laid out in full, and of
 * plain Java where the function is exact. Shapes lie around those of vectors and blocks.
 */
@Tag("vector")
class VectorPairsTest {

  private static final List<int[][]> SHAPES =
      List.of(
          new int[][] {{700}, {1}},
          new int[][] {{1}, {1025}},
          new int[][] {{512}, {1}},
          new int[][] {{2051}, {1}},
          new int[][] {{3001}, {3001}},
          new int[][] {{30, 40}, {40}},
          new int[][] {{40}, {30, 40}},
          new int[][] {{300, 7}, {7}},
          new int[][] {{700, 1}, {2}},
          new int[][] {{3}, {1100, 1}},
          new int[][] {{33, 65}, {33, 1}},
          new int[][] {{33, 1}, {33, 16}},
          new int[][] {{3, 511}, {511}},
          new int[][] {{3, 513}, {513}},
          new int[][] {{2, 1030}, {1030}},
          new int[][] {{5, 2100}, {5, 1}},
          new int[][] {{1, 1300}, {3, 1}},
          new int[][] {{4, 3, 97}, {3, 1}},
          new int[][] {{4, 1, 97}, {3, 1}},
          new int[][] {{5, 3, 1}, {5, 1, 70}},
          new int[][] {{2, 3, 1100}, {2, 1, 1100}},
          new int[][] {{3, 4, 5, 66}, {4, 1, 66}},
          new int[][] {{3, 1, 40, 6}, {3, 4, 1, 6}},
          new int[][] {{64, 8}, {8}});

  /** Rows so few and short that plain loops do them. */
  private static final int[][] SMALL_TILES = {{40, 5, 3}, {5, 1}};

  @SuppressWarnings("unchecked")
  private static Kernels<Object> plain(Precision precision) {
    return (Kernels<Object>) new PlainBackend().kernels(precision.dtype, null);
  }

  private static List<int[][]> withSmallTiles() {
    List<int[][]> shapes = new ArrayList<>(SHAPES);
    shapes.add(SMALL_TILES);
    return shapes;
  }

  private static double[] sample(Precision precision, Shape shape, long seed) {
    return precision.round(Samples.random(shape.size(), seed, true));
  }

  /** Returns numbers repeated to a larger shape. */
  private static double[] laidOut(double[] x, Shape from, Shape to) {
    double[] out = new double[to.size()];
    Strides plan = Strides.of(from).broadcastTo(to);
    Backends.movement(DType.F64).gather(x, out, plan);
    return out;
  }

  @ParameterizedTest
  @EnumSource
  void pairsThatRepeatAreTheBitsOfPairsLaidOut(Binary op) {
    for (Precision precision : Precision.values()) {
      for (int[][] shapes : SHAPES) {
        Shape left = Shape.of(shapes[0]);
        Shape right = Shape.of(shapes[1]);
        Broadcast plan = Broadcast.of(left, right);
        int n = plan.shape().size();
        double[] x = sample(precision, left, 1);
        double[] y = sample(precision, right, 2);
        if (op == Binary.RELU_GRAD) {
          // What relu returned is never negative.
          Arrays.setAll(y, i -> Math.max(y[i], 0));
        }
        Object actual = precision.result(n);
        Object a = precision.operand(x);
        Object b = precision.operand(y);
        precision.kernels().zip(op, a, b, actual, plan, 0, plan.dims()[0]);
        Object expected = precision.result(n);
        Object c = precision.operand(laidOut(x, left, plan.shape()));
        Object d = precision.operand(laidOut(y, right, plan.shape()));
        Broadcast direct = Broadcast.of(plan.shape(), plan.shape());
        precision.kernels().zip(op, c, d, expected, direct, 0, n);
        assertThat(precision.read(actual, n))
            .as("%s of %s and %s in %s", op, left, right, precision)
            .containsExactly(precision.read(expected, n));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ADD", "SUB", "MUL", "DIV", "MAXIMUM", "MINIMUM", "CHAIN", "AT_LEAST"})
  void exactPairsThatRepeatAreTheBitsOfPlainOnes(Binary op) {
    for (Precision precision : Precision.values()) {
      for (int[][] shapes : withSmallTiles()) {
        Shape left = Shape.of(shapes[0]);
        Shape right = Shape.of(shapes[1]);
        Broadcast plan = Broadcast.of(left, right);
        int n = plan.shape().size();
        Object x = precision.operand(sample(precision, left, 3));
        Object y = precision.operand(sample(precision, right, 4));
        Object actual = precision.result(n);
        Object expected = precision.result(n);
        precision.kernels().zip(op, x, y, actual, plan, 0, plan.dims()[0]);
        plain(precision).zip(op, x, y, expected, plan, 0, plan.dims()[0]);
        assertThat(precision.read(actual, n))
            .as("%s of %s and %s in %s", op, left, right, precision)
            .containsExactly(precision.read(expected, n));
      }
    }
  }

  @Test
  void partsOfPairsAreThoseOfTheWhole() {
    Random random = new Random(5);
    for (Precision precision : Precision.values()) {
      for (int[][] shapes : SHAPES) {
        Shape left = Shape.of(shapes[0]);
        Shape right = Shape.of(shapes[1]);
        Broadcast plan = Broadcast.of(left, right);
        int n = plan.shape().size();
        int steps = plan.dims()[0];
        int least = (Kernels.LEAST_PART * steps + n - 1) / n;
        if (2 * least > steps) {
          continue;
        }
        int cut = least + random.nextInt(steps - 2 * least + 1);
        Object x = precision.operand(sample(precision, left, 5));
        Object y = precision.operand(sample(precision, right, 6));
        for (Binary op : List.of(Binary.MUL, Binary.GELU_GRAD)) {
          Object actual = precision.result(n);
          Object expected = precision.result(n);
          precision.kernels().zip(op, x, y, expected, plan, 0, steps);
          precision.kernels().zip(op, x, y, actual, plan, cut, steps);
          precision.kernels().zip(op, x, y, actual, plan, 0, cut);
          assertThat(precision.read(actual, n))
              .as("%s of %s and %s in %s, cut at %d", op, left, right, precision, cut)
              .containsExactly(precision.read(expected, n));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void comparisonsAreThoseOfPlainJava(Comparison op) {
    for (Precision precision : Precision.values()) {
      for (int[][] shapes : withSmallTiles()) {
        Shape left = Shape.of(shapes[0]);
        Shape right = Shape.of(shapes[1]);
        Broadcast plan = Broadcast.of(left, right);
        int n = plan.shape().size();
        double[] x = sample(precision, left, 7);
        double[] y = sample(precision, right, 8);
        if (x.length == y.length) {
          Arrays.setAll(y, i -> i % 3 == 0 ? x[i] : y[i]);
        }
        boolean[] actual = new boolean[n + 20];
        boolean[] expected = new boolean[n + 20];
        Object a = precision.operand(x);
        Object b = precision.operand(y);
        precision.kernels().compare(op, a, b, actual, plan, 0, plan.dims()[0]);
        plain(precision).compare(op, a, b, expected, plan, 0, plan.dims()[0]);
        assertThat(actual)
            .as("%s of %s and %s in %s", op, left, right, precision)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void choicesAreThoseOfPlainJava() {
    for (Precision precision : Precision.values()) {
      for (int n : new int[] {1, 511, 512, 513, 519, 528, 1000, 1023, 4099}) {
        for (int from : new int[] {0, 3}) {
          Random random = new Random(n);
          boolean[] condition = new boolean[n + from + 5];
          for (int i = 0; i < condition.length; i++) {
            condition[i] = random.nextBoolean();
          }
          Object x = precision.operand(precision.round(Samples.random(n + from, 9, true)));
          Object y = precision.operand(precision.round(Samples.random(n + from, 10, true)));
          Object actual = precision.result(n + from);
          Object expected = precision.result(n + from);
          precision.kernels().select(condition, x, y, actual, from, n + from);
          plain(precision).select(condition, x, y, expected, from, n + from);
          assertThat(precision.readAt(from, actual, n))
              .as("%d from %d in %s", n, from, precision)
              .containsExactly(precision.readAt(from, expected, n));
        }
      }
    }
  }
}
