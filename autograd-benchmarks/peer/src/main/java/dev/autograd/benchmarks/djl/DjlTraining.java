package dev.autograd.benchmarks.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.autograd.array.DType;
import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.NetworkData;
import dev.autograd.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * W1 to W3. Weights, {@code [out, in]}, belong to a manager that lives from reset to reset; what a
 * step computes, to one of its own, to which the inputs are lent meanwhile. The update clears the
 * gradients: that is DJL's way.
 */
final class DjlTraining implements Workload {

  private final Case which;
  private final NetworkData data;
  private final DataType dtype;
  private final NDManager manager;
  private final NDArray x;
  private final NDArray t;
  private final Loss softmaxLoss;
  private final Loss logitLoss;
  private NDManager parameters;
  private List<NDArray> weights;
  private List<NDArray> biases;
  private Optimizer sgd;
  private DjlAdam adam;

  DjlTraining(Case which) {
    this.which = which;
    data = NetworkData.of(which);
    dtype = which.dtype() == DType.F32 ? DataType.FLOAT32 : DataType.FLOAT64;
    manager = NDManager.newBaseManager("PyTorch");
    x = array(manager, data.inputs(), data.rows(), data.width(0));
    NDArray targets = array(manager, data.targets(), data.rows(), 1);
    t = hasClasses() ? targets.toType(DataType.INT64, false) : targets;
    softmaxLoss = Loss.softmaxCrossEntropyLoss();
    logitLoss = Loss.sigmoidBinaryCrossEntropyLoss();
    parameters = manager.newSubManager();
    weights = List.of();
    biases = List.of();
    sgd = sgd();
    adam = new DjlAdam(parameters);
    reset();
  }

  private NDArray array(NDManager owner, double[] values, int rows, int columns) {
    return owner.create(values, new Shape(rows, columns)).toType(dtype, false);
  }

  private boolean hasClasses() {
    return which == Case.W2_F32 || which == Case.W2_F64;
  }

  private Optimizer sgd() {
    float rate = hasClasses() ? 0.01f : 0.1f;
    return Optimizer.sgd().setLearningRateTracker(Tracker.fixed(rate)).build();
  }

  @Override
  public void reset() {
    parameters.close();
    parameters = manager.newSubManager();
    weights = new ArrayList<>();
    biases = new ArrayList<>();
    for (int i = 0; i < data.layers(); i++) {
      int out = data.width(i + 1);
      NDArray weight = array(parameters, data.transposed(i), out, data.width(i));
      NDArray bias = parameters.zeros(new Shape(out), dtype);
      weight.setRequiresGradient(true);
      bias.setRequiresGradient(true);
      weights.add(weight);
      biases.add(bias);
    }
    sgd = sgd();
    adam = new DjlAdam(parameters);
  }

  private NDArray loss() {
    NDArray y = x;
    for (int i = 0; i < data.layers(); i++) {
      y = Linear.linear(y, weights.get(i), biases.get(i)).singletonOrThrow();
      if (i < data.layers() - 1) {
        y = hidden(y);
      }
    }
    return switch (which) {
      case W2_F32, W2_F64 -> softmaxLoss.evaluate(new NDList(t), new NDList(y));
      case W3_F32, W3_F64 -> logitLoss.evaluate(new NDList(t), new NDList(y));
      default -> crossEntropy(Activation.sigmoid(y));
    };
  }

  private NDArray hidden(NDArray y) {
    return switch (which) {
      case W2_F32, W2_F64, W3_F32, W3_F64 -> Activation.relu(y);
      default -> Activation.tanh(y);
    };
  }

  private NDArray crossEntropy(NDArray p) {
    return t.mul(p.log()).add(NDArrays.sub(1, t).mul(NDArrays.sub(1, p).log())).mean().neg();
  }

  @Override
  public void step() {
    try (NDManager step = manager.newSubManager()) {
      lend(step);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(loss());
      }
      adam.begin();
      for (int i = 0; i < weights.size(); i++) {
        update("w" + i, weights.get(i));
        update("b" + i, biases.get(i));
      }
      lend(manager);
    }
  }

  private void lend(NDManager to) {
    x.attach(to);
    t.attach(to);
  }

  private void update(String id, NDArray parameter) {
    try (NDArray gradient = parameter.getGradient()) {
      switch (which) {
        case W3_F32, W3_F64 -> adam.update(parameter, gradient);
        default -> sgd.update(id, parameter, gradient);
      }
    }
  }

  @Override
  public double value(String quantity) {
    if (!quantity.equals("loss")) {
      throw Workload.unknown(quantity);
    }
    try (NDManager step = manager.newSubManager()) {
      lend(step);
      double loss = loss().toType(DataType.FLOAT64, false).getDouble();
      lend(manager);
      return loss;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
