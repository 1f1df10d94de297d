package dev.autograd.benchmarks.measure;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.benchmarks.workload.NetworkData;
import dev.autograd.kernel.Backends;

/**
 * W7: prints the first gradient of W1b4, in a virtual machine that has just started; and then,
 * after the clock was stopped, the back ends in use.
 */
public final class FirstGradient {

  private FirstGradient() {}

  /** Prints the first entry of the first weights' gradient, and a second line. */
  public static void main(String[] args) {
    System.out.println(value());
    System.out.println(Backends.description());
  }

  /** Returns the first entry of the first weights' gradient. */
  public static double value() {
    NetworkData data = NetworkData.exclusiveOr();
    Tensor w0 = f32(data.weights(0), 2, 16).withGrad();
    Tensor b0 = Tensor.zeros(DType.F32, 16).withGrad();
    Tensor w1 = f32(data.weights(1), 16, 1).withGrad();
    Tensor b1 = Tensor.zeros(DType.F32, 1).withGrad();
    Tensor hidden = f32(data.inputs(), 4, 2).matmul(w0).add(b0).tanh();
    Tensor y = hidden.matmul(w1).add(b1).sigmoid();
    Losses.bce(y, f32(data.targets(), 4, 1)).backward();
    return w0.grad().item(0, 0);
  }

  private static Tensor f32(double[] values, int rows, int columns) {
    return Tensor.wrap(Shape.of(rows, columns), values).to(DType.F32);
  }
}
