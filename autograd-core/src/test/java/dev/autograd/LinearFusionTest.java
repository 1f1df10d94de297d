package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.kernel.Backends;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The dense layer that is one operation, against product, sum and activation: bit for bit, unless a
 * native library's products depend on how matrices lie in memory.
 */
class LinearFusionTest {

  private static Tensor random(int seed, int... dims) {
    return Tensor.normal(new SplittableRandom(seed), DType.F64, dims);
  }

  /** Second derivatives sum their parts in another order. */
  private static final Alike ROUNDED = new Alike(1e-5, 2e-14);

  private static Alike bits(DType dtype) {
    return Backends.kernels(dtype).blocksKeepBits() ? new Alike(0, 0) : ROUNDED;
  }

  private static Tensor composed(List<Tensor> ts, Activation f) {
    return f.apply(ts.get(0).matmul(ts.get(1).transpose()).add(ts.get(2)));
  }

  private static Tensor fused(List<Tensor> ts, Activation f) {
    return ts.get(0).linear(ts.get(1), ts.get(2), f);
  }

  private static void check(Activation f, Tensor x, Tensor w, Tensor bias) {
    checkFirst(f, x, w, bias);
    ROUNDED.check(ts -> fused(ts, f), ts -> composed(ts, f), x, w, bias);
  }

  private static void checkFirst(Activation f, Tensor... operands) {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      bits(dtype).checkFirst(dtype, ts -> fused(ts, f), ts -> composed(ts, f), operands);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isItsComposition(Activation f) {
    check(f, random(1, 4, 3), random(2, 5, 3), random(3, 5));
    check(f, random(1, 1, 3), random(2, 1, 3), random(3, 1));
    check(f, random(1, 3), random(2, 5, 3), random(3, 5));
    check(f, random(1, 2, 2, 3), random(2, 5, 3), random(3, 5));
    check(f, random(1, 300, 7), random(2, 33, 7), random(3, 33));
    check(f, random(1, 70, 2), random(2, 2000, 2), random(3, 2000));
    check(f, random(1, 0, 3), random(2, 5, 3), random(3, 5));
    check(f, random(1, 4, 0), random(2, 5, 0), random(3, 5));
  }

  @ParameterizedTest
  @EnumSource
  void biasesOfOtherShapes(Activation f) {
    Tensor x = random(1, 4, 3);
    Tensor w = random(2, 5, 3);
    for (Shape shape :
        List.of(Shape.SCALAR, Shape.of(1), Shape.of(1, 5), Shape.of(4, 1), Shape.of(4, 5))) {
      check(f, x, w, random(3, shape.toArray()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void specialValues(Activation f) {
    Tensor x =
        Tensor.of(new double[][] {{Double.POSITIVE_INFINITY}, {Double.NaN}, {0}, {-0.0}, {-1e300}});
    checkFirst(f, x, Tensor.of(new double[][] {{1}, {-1}}), Tensor.of(0, 0.5));
  }

  @Test
  void theGraphSaysWhatIsApplied() {
    Tensor y =
        random(1, 4, 3)
            .linear(random(2, 5, 3).withGrad(), random(3, 5).withGrad(), Activation.TANH);
    Node made = y.nodes().get(y.nodes().size() - 1);
    assertThat(y.nodes()).hasSize(4);
    assertThat(made.op()).isEqualTo("linear");
    assertThat(made.attributes()).containsEntry("activation", "tanh");
    assertThat(made.inputs()).hasSize(3);
  }
}
