package dev.autograd.benchmarks.workload;

import java.util.List;

/**
 * Inputs, targets and first weights of the workloads that train a dense network. Biases start at 0.
 * Weights are drawn when they are asked for: what a process takes at its peak is then not of this
 * data.
 *
 * <p>Weights are row-major {@code [in, out]}, for {@code y = x W + b}; {@link #transposed} gives
 * them as {@code [out, in]}.
 */
public final class NetworkData {

  private final int rows;
  private final int[] widths;
  private final double[] inputs;
  private final double[] targets;
  private final List<Weights> weights;

  private NetworkData(
      int rows, int[] widths, double[] inputs, double[] targets, List<Weights> weights) {
    this.rows = rows;
    this.widths = widths;
    this.inputs = inputs;
    this.targets = targets;
    this.weights = weights;
  }

  /** Returns the data of W1b4: exclusive or. */
  public static NetworkData exclusiveOr() {
    double[] inputs = {0, 0, 0, 1, 1, 0, 1, 1};
    double[] targets = {0, 1, 1, 0};
    return new NetworkData(4, new int[] {2, 16, 1}, inputs, targets, smallWeights());
  }

  /** Returns the data of W1b64: whether two numbers have the same sign. */
  public static NetworkData equalSigns() {
    int rows = 64;
    double[] inputs = Draws.symmetric(11, 2 * rows, 1);
    double[] targets = new double[rows];
    for (int i = 0; i < rows; i++) {
      targets[i] = inputs[2 * i] * inputs[2 * i + 1] > 0 ? 1 : 0;
    }
    return new NetworkData(rows, new int[] {2, 16, 1}, inputs, targets, smallWeights());
  }

  private static List<Weights> smallWeights() {
    return List.of(new Weights(1, 1), new Weights(2, 0.25));
  }

  /** Returns the data of W2: ten classes of images of 28 by 28; a target is the class. */
  public static NetworkData tenClasses() {
    int rows = 64;
    double[] targets = Draws.uniform(22, rows);
    for (int i = 0; i < rows; i++) {
      targets[i] = Math.floor(10 * targets[i]);
    }
    List<Weights> weights = List.of(he(23, 784), he(24, 256), he(25, 128));
    int[] widths = {784, 256, 128, 10};
    return new NetworkData(rows, widths, Draws.symmetric(21, rows * 784, 1), targets, weights);
  }

  /** Returns the data of W3: three wide layers, and one output. */
  public static NetworkData wide() {
    int rows = 256;
    int width = 1024;
    double[] targets = Draws.uniform(32, rows);
    for (int i = 0; i < rows; i++) {
      targets[i] = targets[i] > 0.5 ? 1 : 0;
    }
    List<Weights> weights = List.of(he(33, width), he(34, width), he(35, width), he(36, width));
    int[] widths = {width, width, width, width, 1};
    return new NetworkData(rows, widths, Draws.symmetric(31, rows * width, 1), targets, weights);
  }

  /** Returns the data of a workload that trains a network. */
  public static NetworkData of(Case which) {
    return switch (which) {
      case W1B4_F32, W1B4_F64 -> exclusiveOr();
      case W1B64_F32, W1B64_F64 -> equalSigns();
      case W2_F32, W2_F64 -> tenClasses();
      case W3_F32, W3_F64 -> wide();
      default -> throw new IllegalArgumentException(which + " trains no network");
    };
  }

  /** Returns the number of examples. */
  public int rows() {
    return rows;
  }

  /** Returns the number of layers. */
  public int layers() {
    return weights.size();
  }

  /** Returns how many numbers a layer reads, or, at {@link #layers}, the last one gives. */
  public int width(int layer) {
    return widths[layer];
  }

  /** Returns the inputs, {@code [rows, width(0)]}. */
  public double[] inputs() {
    return inputs.clone();
  }

  /** Returns one target per row. */
  public double[] targets() {
    return targets.clone();
  }

  /** Returns the weights of a layer, {@code [in, out]}. */
  public double[] weights(int layer) {
    Weights w = weights.get(layer);
    return Draws.symmetric(w.seed, width(layer) * width(layer + 1), w.bound);
  }

  /** Returns the weights of a layer, {@code [out, in]}. */
  public double[] transposed(int layer) {
    Weights w = weights.get(layer);
    int in = width(layer);
    int out = width(layer + 1);
    Draws draws = new Draws(w.seed);
    double[] result = new double[in * out];
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        result[o * in + i] = draws.symmetric(w.bound);
      }
    }
    return result;
  }

  /** Returns weights in {@code ±√(6/in)} (He et al., 2015). */
  private static Weights he(long seed, int in) {
    return new Weights(seed, Math.sqrt(6.0 / in));
  }

  /** How the weights of a layer are drawn. */
  private record Weights(long seed, double bound) {}
}
