package dev.autograd.check;

import dev.autograd.Gradients;
import dev.autograd.Tensor;
import java.util.Arrays;
import java.util.List;

/** A gradient as reverse mode computed it: numbers per input, and whether any arrived there. */
final class Claim {

  private final double[][] parts;
  private final boolean[] reached;

  Claim(double[][] parts, boolean[] reached) {
    this.parts = parts;
    this.reached = reached;
  }

  static Claim of(Gradients gradients, List<Tensor> inputs) {
    double[][] parts = new double[inputs.size()][];
    boolean[] reached = new boolean[inputs.size()];
    for (int k = 0; k < parts.length; k++) {
      parts[k] = gradients.of(inputs.get(k)).toDoubleArray();
      reached[k] = gradients.reached(inputs.get(k));
    }
    return new Claim(parts, reached);
  }

  double[] part(int k) {
    return parts[k];
  }

  boolean reached(int k) {
    return reached[k];
  }

  /** Returns the numbers of all inputs in one array. */
  double[] joined() {
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }
}
