package dev.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Whether two ways to compute the same are alike: an operation that is fused, and its composition.
 *
 * @param f32 how far apart single precision may be, relative to the larger of number and 1
 * @param f64 the same of double precision
 */
record Alike(double f32, double f64) {

  /** A function of some tensors. */
  interface Formula extends Function<List<Tensor>, Tensor> {}

  /** Compares value, gradients and gradients of a sum of gradients, in both types. */
  void check(Formula fused, Formula composed, Tensor... operands) {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      checkFirst(dtype, fused, composed, operands);
      assertAlike(dtype, second(dtype, fused, operands), second(dtype, composed, operands));
    }
  }

  /** Compares value and gradients only, as where second derivatives are undefined. */
  void checkFirst(DType dtype, Formula fused, Formula composed, Tensor... operands) {
    assertAlike(dtype, first(dtype, fused, operands), first(dtype, composed, operands));
  }

  private void assertAlike(DType dtype, List<Tensor> actual, List<Tensor> expected) {
    double tolerance = dtype == DType.F32 ? f32 : f64;
    for (int k = 0; k < expected.size(); k++) {
      assertThat(actual.get(k).shape()).isEqualTo(expected.get(k).shape());
      assertThat(actual.get(k).dtype()).isEqualTo(dtype);
      double[] a = actual.get(k).toDoubleArray();
      double[] e = expected.get(k).toDoubleArray();
      for (int i = 0; i < e.length; i++) {
        boolean same = a[i] == e[i] || (Double.isNaN(a[i]) && Double.isNaN(e[i]));
        assertThat(same || Math.abs(a[i] - e[i]) <= tolerance * Math.max(1, Math.abs(e[i])))
            .as("%s of result %d: %s instead of %s", dtype, k, actual.get(k), expected.get(k))
            .isTrue();
      }
    }
  }

  private static List<Tensor> leaves(DType dtype, Tensor... operands) {
    return Arrays.stream(operands).map(x -> x.to(dtype).withGrad()).toList();
  }

  private static List<Tensor> first(DType dtype, Formula f, Tensor... operands) {
    List<Tensor> leaves = leaves(dtype, operands);
    Tensor y = f.apply(leaves);
    List<Tensor> results = new ArrayList<>(List.of(y.detach()));
    GradOptions options = GradOptions.defaults().seed(seed(y)).allowUnused();
    Gradients g = Autograd.grad(y, leaves, options);
    leaves.forEach(leaf -> results.add(g.of(leaf)));
    return results;
  }

  private static List<Tensor> second(DType dtype, Formula f, Tensor... operands) {
    List<Tensor> leaves = leaves(dtype, operands);
    Tensor upstream = seed(f.apply(leaves)).withGrad();
    List<Tensor> all = new ArrayList<>(leaves);
    all.add(upstream);
    GradOptions options = GradOptions.createGraph().seed(upstream).allowUnused();
    Gradients g = Autograd.grad(f.apply(leaves), leaves, options);
    Tensor sum = Tensor.zeros(dtype);
    for (Tensor leaf : leaves) {
      sum = sum.add(g.of(leaf).mul(seed(leaf)).sum());
    }
    Gradients again = Autograd.grad(sum, all, GradOptions.defaults().allowUnused());
    return all.stream().map(again::of).toList();
  }

  /** Returns numbers without a pattern, one 0 among them. */
  private static Tensor seed(Tensor like) {
    double[] numbers = new double[like.size()];
    Arrays.setAll(numbers, i -> i % 5 == 3 ? 0 : Math.cos(3 * i + 0.5));
    return Tensor.wrap(like.shape(), numbers).to(like.dtype());
  }
}
