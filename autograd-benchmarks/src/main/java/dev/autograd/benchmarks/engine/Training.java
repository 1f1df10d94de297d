package dev.autograd.benchmarks.engine;

import dev.autograd.Activation;
import dev.autograd.Losses;
import dev.autograd.Parameter;
import dev.autograd.Tape;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import dev.autograd.benchmarks.workload.Case;
import dev.autograd.benchmarks.workload.NetworkData;
import dev.autograd.benchmarks.workload.Workload;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** W1 to W3: a dense network trained on one batch. */
final class Training implements Workload {

  private final Case which;
  private final NetworkData data;
  private final Tensor x;
  private final Tensor t;
  private final int[] classes;
  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> biases = new ArrayList<>();
  private final Sequential model;
  private Optimizer optimizer;

  Training(Case which) {
    this.which = which;
    data = NetworkData.of(which);
    DType dtype = which.dtype();
    x = Tensor.wrap(Shape.of(data.rows(), data.width(0)), data.inputs()).to(dtype);
    double[] targets = data.targets();
    t = Tensor.wrap(Shape.of(data.rows(), 1), targets).to(dtype);
    classes = new int[targets.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (int) targets[i];
    }
    for (int i = 0; i < data.layers(); i++) {
      int out = data.width(i + 1);
      weights.add(Parameter.full("weight", dtype, 0, out, data.width(i)));
      biases.add(Parameter.full("bias", dtype, 0, out));
    }
    model = network();
    optimizer = optimizer();
    reset();
  }

  private Sequential network() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < data.layers(); i++) {
      Dense layer = new Dense(weights.get(i), biases.get(i));
      layers.add(i < data.layers() - 1 ? layer.activation(hidden()) : layer);
    }
    return new Sequential(layers);
  }

  private Activation hidden() {
    return switch (which) {
      case W2_F32, W2_F64, W3_F32, W3_F64 -> Activation.RELU;
      default -> Activation.TANH;
    };
  }

  private Optimizer optimizer() {
    return switch (which) {
      case W2_F32, W2_F64 -> Sgd.lr(0.01).over(model.parameters());
      case W3_F32, W3_F64 -> Adam.lr(1e-4).over(model.parameters());
      default -> Sgd.lr(0.1).over(model.parameters());
    };
  }

  private Tensor loss() {
    Tensor y = model.forward(x);
    return switch (which) {
      case W2_F32, W2_F64 -> Losses.crossEntropy(y, classes);
      case W3_F32, W3_F64 -> Losses.bceWithLogits(y, t);
      default -> Losses.bce(y.sigmoid(), t);
    };
  }

  @Override
  public void reset() {
    for (int i = 0; i < data.layers(); i++) {
      Parameter weight = weights.get(i);
      weight.assign(Tensor.wrap(weight.shape(), data.transposed(i)).to(which.dtype()));
      Parameter bias = biases.get(i);
      bias.assign(Tensor.zeros(which.dtype(), bias.size()));
    }
    optimizer = optimizer();
  }

  @Override
  public void step() {
    optimizer.minimize(this::loss);
  }

  @Override
  public double value(String quantity) {
    return switch (quantity) {
      case "loss" -> Tape.scope(this::loss).item();
      case "hash" -> hash();
      default -> throw Workload.unknown(quantity);
    };
  }

  /** Returns 32 bits that depend on every bit of every weight. */
  private int hash() {
    int hash = 0;
    for (Parameter parameter : model.parameters()) {
      hash = 31 * hash + Arrays.hashCode(parameter.toDoubleArray());
    }
    return hash;
  }
}
