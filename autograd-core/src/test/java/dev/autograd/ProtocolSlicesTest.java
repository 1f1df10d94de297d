package dev.autograd;

import static dev.autograd.array.DType.F32;
import static dev.autograd.array.DType.F64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autograd.array.Shape;
import dev.autograd.array.Slice;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Slices of one tensor add to their regions of one gradient: right, and linear in the slices. */
class ProtocolSlicesTest {

  @Test
  void unstackedRowsAddUpToTheDenseGradient() {
    Tensor x = Tensor.normal(new SplittableRandom(5), F64, 50, 3).withGrad();
    List<Tensor> rows = x.unstack(0);
    Tensor sum = Tensor.scalar(0);
    for (int i = 0; i < rows.size(); i++) {
      sum = sum.add(rows.get(i).square().sum().mul(i));
    }
    sum.backward();
    Tensor weights = Tensor.arange(F64, 50).reshape(50, 1);
    assertThat(x.grad().allClose(x.detach().mul(2).mul(weights), 1e-15, 0)).isTrue();
  }

  @Test
  void overlappingSteppedAndNegativeSlices() {
    Tensor x = Tensor.arange(F64, 24).reshape(4, 6).detach().withGrad();
    Tensor sum =
        x.slice(0, 0, 3)
            .sum()
            .add(x.slice(0, 1, 4).sum().mul(10))
            .add(x.slice(Slice.all(), Slice.range(1, 6).step(2)).sum().mul(100))
            .add(x.at(-1, -1).mul(1000))
            .add(x.select(1, 0).sum().mul(10_000));
    sum.backward();
    double[] expected = new double[24];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 6; j++) {
        expected[i * 6 + j] =
            (i < 3 ? 1 : 0)
                + (i > 0 ? 10 : 0)
                + (j % 2 == 1 ? 100 : 0)
                + (i == 3 && j == 5 ? 1000 : 0)
                + (j == 0 ? 10_000 : 0);
      }
    }
    assertThat(x.grad().toDoubleArray()).containsExactly(expected);
  }

  @Test
  void slicesAndWholeUsesMixInAnyOrder() {
    for (int order = 0; order < 6; order++) {
      Tensor x = Tensor.of(1.0, 2, 3).withGrad();
      Tensor scaled = x.mul(1);
      Tensor whole = scaled.sum().mul(100);
      Tensor first = scaled.at(0).mul(3);
      Tensor last = scaled.slice(0, 1, 3).sum().mul(5);
      Tensor y =
          switch (order) {
            case 0 -> whole.add(first).add(last);
            case 1 -> first.add(whole).add(last);
            case 2 -> first.add(last).add(whole);
            case 3 -> last.add(first).add(whole);
            case 4 -> last.add(whole).add(first);
            default -> whole.add(last.add(first));
          };
      y.backward();
      assertThat(x.grad().toDoubleArray()).as("order %d", order).containsExactly(103, 105, 105);
    }
  }

  @Test
  void theWholeUsedTwiceIsNotChangedThroughARegion() {
    // The gradient of the sum reaches both operands as one tensor; the slice adds to one of them.
    for (boolean sliceFirst : new boolean[] {true, false}) {
      Tensor a = Tensor.of(1.0, 2).withGrad();
      Tensor b = Tensor.of(1.0, 2).withGrad();
      Tensor scaled = a.mul(1);
      Tensor slice = scaled.at(0).mul(7);
      Tensor whole = scaled.add(b).sum();
      (sliceFirst ? slice.add(whole) : whole.add(slice)).backward();
      assertThat(a.grad().toDoubleArray()).containsExactly(8, 1);
      assertThat(b.grad().toDoubleArray()).containsExactly(1, 1);
    }
  }

  @Test
  void slicesOfSlicesOfF32() {
    Tensor x = Tensor.ones(F32, 2, 3, 4).withGrad();
    x.select(0, 1).slice(1, 1, 3).at(2).mul(2).sum().backward();
    float[] gradient = x.grad().toFloatArray();
    assertThat(gradient).hasSize(24);
    assertThat(x.grad().item(1, 2, 1)).isEqualTo(2);
    assertThat(x.grad().item(1, 2, 2)).isEqualTo(2);
    assertThat(x.grad().sum().item()).isEqualTo(4);
  }

  @Test
  void theSameUnderCreateGraph() {
    Tensor x = Tensor.of(1.0, 2, 3).withGrad();
    Tensor y = x.at(0).mul(x.at(1)).add(x.at(2).square().mul(x.at(2))).add(x.at(1).square());
    Tensor d = Autograd.grad(y, x, GradOptions.createGraph());
    assertThat(d.toDoubleArray()).containsExactly(2, 1 + 4, 27);
    Tensor dd = Autograd.grad(d, x, GradOptions.defaults().seed(Tensor.of(1.0, 1, 1)));
    assertThat(dd.toDoubleArray()).containsExactly(1, 1 + 2, 18);
  }

  @Test
  void theScalarRosenbrockFunctionCostsLinearSpace() {
    // Twice the elements may take twice the space; dense gradients of slices would take four times.
    sweepRosenbrock(1000);
    long small = sweepRosenbrock(4000);
    long large = sweepRosenbrock(8000);
    assertThat(large).isLessThan(3 * small);
    assertThat(small).isLessThan(4000L * 4000 * Double.BYTES / 2);
  }

  /** Returns the bytes that the sweep has allocated. */
  private static long sweepRosenbrock(int n) {
    Tensor x = Tensor.uniform(new SplittableRandom(1), F64, n).withGrad();
    List<Tensor> parts = x.unstack(0);
    Tensor sum = Tensor.scalar(0);
    for (int i = 0; i + 1 < n; i++) {
      Tensor a = parts.get(i);
      Tensor b = parts.get(i + 1);
      sum = sum.add(b.sub(a.square()).square().mul(100)).add(a.subFrom(1).square());
    }
    long before = allocatedBytes();
    sum.backward();
    long used = allocatedBytes() - before;
    Tensor expected = Autograd.grad(rosenbrock(x), x);
    assertThat(x.grad().allClose(expected, 1e-12, 1e-12)).isTrue();
    assertThat(x.grad().shape()).isEqualTo(Shape.of(n));
    return used;
  }

  private static Tensor rosenbrock(Tensor x) {
    Tensor a = x.slice(0, 0, x.size() - 1);
    Tensor b = x.slice(0, 1, x.size());
    return b.sub(a.square()).square().mul(100).add(a.subFrom(1).square()).sum();
  }

  /** Asks by reflection, for the module under test does not read the management modules. */
  static long allocatedBytes() {
    try {
      Object bean =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      return (long)
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getThreadAllocatedBytes", long.class)
              .invoke(bean, Thread.currentThread().getId());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("bytes allocated by this thread", e);
    }
  }
}
