package dev.autograd.benchmarks.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import dev.autograd.benchmarks.workload.NetworkData;

/** W7: prints the first gradient of W1b4, in a virtual machine that has just started. */
public final class DjlFirstGradient {

  private DjlFirstGradient() {}

  /** Prints the first entry of the first weights' gradient. */
  public static void main(String[] args) {
    NetworkData data = NetworkData.exclusiveOr();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray x = f32(manager, data.inputs(), 4, 2);
      NDArray t = f32(manager, data.targets(), 4, 1);
      NDArray w0 = f32(manager, data.weights(0), 2, 16);
      NDArray w1 = f32(manager, data.weights(1), 16, 1);
      NDArray b0 = manager.zeros(new Shape(16));
      NDArray b1 = manager.zeros(new Shape(1));
      for (NDArray parameter : new NDArray[] {w0, w1, b0, b1}) {
        parameter.setRequiresGradient(true);
      }
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray p = Activation.sigmoid(x.matMul(w0).add(b0).tanh().matMul(w1).add(b1));
        NDArray terms = t.mul(p.log()).add(NDArrays.sub(1, t).mul(NDArrays.sub(1, p).log()));
        collector.backward(terms.mean().neg());
      }
      System.out.println(w0.getGradient().getFloat(0, 0));
    }
  }

  private static NDArray f32(NDManager manager, double[] values, int rows, int columns) {
    return manager.create(values, new Shape(rows, columns)).toType(DataType.FLOAT32, false);
  }
}
