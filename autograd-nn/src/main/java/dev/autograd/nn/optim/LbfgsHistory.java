package dev.autograd.nn.optim;

import dev.autograd.DTypeException;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last changes s of a point and y of its gradient, and the approximation H of the inverse
 * Hessian matrix that they make.
 */
final class LbfgsHistory {

  /** A change, and its curvature sᵀy. */
  private static final class Change {

    final double[] step;
    final double[] gradientChange;
    final double curvature;

    Change(double[] step, double[] gradientChange) {
      this.step = step;
      this.gradientChange = gradientChange;
      curvature = Vectors.dot(step, gradientChange);
    }

    /** Returns whether H stays positive definite with it, and free of overflow. */
    boolean isUsable() {
      double squares = Vectors.dot(gradientChange, gradientChange);
      return curvature > Math.ulp(1.0) * squares && squares < Double.POSITIVE_INFINITY;
    }
  }

  private static final String STEPS = "steps";
  private static final String GRADIENT_CHANGES = "gradientChanges";
  private static final String ITERATIONS = "iterations";

  private final int most;
  private final int size;
  private final List<Change> changes = new ArrayList<>();
  private long iterations;

  LbfgsHistory(int most, int size) {
    this.most = most;
    this.size = size;
  }

  long iterations() {
    return iterations;
  }

  void countIteration() {
    iterations++;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  void clear() {
    changes.clear();
  }

  /** Remembers a change, unless it would make H indefinite, and forgets the oldest of too many. */
  void add(double[] step, double[] gradientChange) {
    Change change = new Change(step, gradientChange);
    if (change.isUsable()) {
      if (changes.size() == most) {
        changes.remove(0);
      }
      changes.add(change);
    }
  }

  /** Returns -H g by the two-loop recursion, with H = I if nothing is remembered. */
  double[] direction(double[] gradient) {
    double[] d = gradient.clone();
    double[] shares = new double[changes.size()];
    for (int i = changes.size() - 1; i >= 0; i--) {
      Change change = changes.get(i);
      shares[i] = Vectors.dot(change.step, d) / change.curvature;
      Vectors.add(d, -shares[i], change.gradientChange);
    }
    if (!changes.isEmpty()) {
      Change last = changes.get(changes.size() - 1);
      Vectors.scale(d, last.curvature / Vectors.dot(last.gradientChange, last.gradientChange));
    }
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      double share = Vectors.dot(change.gradientChange, d) / change.curvature;
      Vectors.add(d, shares[i] - share, change.step);
    }
    Vectors.scale(d, -1);
    return d;
  }

  // ---------------------------------------------------------------- state

  Map<String, Tensor> state() {
    double[] steps = new double[changes.size() * size];
    double[] gradientChanges = new double[changes.size() * size];
    for (int i = 0; i < changes.size(); i++) {
      System.arraycopy(changes.get(i).step, 0, steps, i * size, size);
      System.arraycopy(changes.get(i).gradientChange, 0, gradientChanges, i * size, size);
    }
    Shape shape = Shape.of(changes.size(), size);
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(STEPS, Tensor.wrap(shape, steps));
    state.put(GRADIENT_CHANGES, Tensor.wrap(shape, gradientChanges));
    state.put(ITERATIONS, Tensor.scalar((double) iterations));
    return state;
  }

  void load(Map<String, Tensor> state) {
    Tensor steps = state.get(STEPS);
    Tensor gradientChanges = state.get(GRADIENT_CHANGES);
    Tensor count = state.get(ITERATIONS);
    if (steps == null || gradientChanges == null || count == null || state.size() != 3) {
      throw new IllegalArgumentException(
          "load: the names are "
              + state.keySet()
              + " and must be "
              + List.of(STEPS, GRADIENT_CHANGES, ITERATIONS)
              + "; nothing was changed");
    }
    requireF64(state);
    int rows = steps.rank() == 2 ? steps.shape().dim(0) : 0;
    requireShape(STEPS, steps, Shape.of(rows, size));
    requireShape(GRADIENT_CHANGES, gradientChanges, steps.shape());
    requireShape(ITERATIONS, count, Shape.SCALAR);
    if (rows > most) {
      throw new IllegalArgumentException(
          "load: there are "
              + rows
              + " changes, and "
              + most
              + " are remembered; ask for more with history(…). Nothing was changed");
    }
    double[] allSteps = steps.toDoubleArray();
    double[] allGradientChanges = gradientChanges.toDoubleArray();
    changes.clear();
    for (int i = 0; i < rows; i++) {
      add(row(allSteps, i), row(allGradientChanges, i));
    }
    iterations = (long) count.item();
  }

  private double[] row(double[] matrix, int i) {
    return Arrays.copyOfRange(matrix, i * size, (i + 1) * size);
  }

  private static void requireF64(Map<String, Tensor> state) {
    state.forEach(
        (name, value) -> {
          if (value.dtype() != DType.F64) {
            throw new DTypeException(
                "load: \""
                    + name
                    + "\" is "
                    + value.dtype()
                    + " and must be F64; nothing was changed");
          }
        });
  }

  private static void requireShape(String name, Tensor value, Shape expected) {
    if (!value.shape().equals(expected)) {
      throw new ShapeException(
          "load: \""
              + name
              + "\" is "
              + value.shape()
              + " and must be "
              + expected
              + "; nothing was changed");
    }
  }
}
