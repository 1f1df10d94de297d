package dev.autograd.catalogue;

import dev.autograd.Autograd;
import dev.autograd.GradOptions;
import dev.autograd.Gradients;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Derivatives of a function of several blocks: by the library to any order, and by central
 * differences of five points, whose error is of the fourth order in the step.
 */
final class Derivatives {

  /** Balances the fourth-order error against the rounding of values divided by the step. */
  static final double STEP = 2e-4;

  private Derivatives() {}

  /**
   * Returns the gradient of {@code Σ seed · f} of the first order, of {@code Σ direction ·
   * gradient} of the second, and so on, per operand; all directions come from one source.
   */
  static List<Grid> byLibrary(
      int order, Function<List<Tensor>, Tensor> f, List<Grid> point, DType dtype, long seed) {
    List<Tensor> leaves = leaves(point, dtype);
    Tensor y = f.apply(leaves);
    Tensor total = Samples.signed(y.shape(), seed).tensor(y.dtype()).mul(y).sum();
    for (int n = 1; n < order && total.requiresGrad(); n++) {
      Gradients gradients = Autograd.grad(total, leaves, GradOptions.createGraph().allowUnused());
      total = directed(gradients, leaves, dtype, seed + n);
    }
    if (!total.requiresGrad()) {
      return point.stream().map(x -> Grid.generate(x.shape(), i -> 0)).toList();
    }
    Gradients last = Autograd.grad(total, leaves, GradOptions.defaults().allowUnused());
    return leaves.stream().map(leaf -> Grid.of(last.of(leaf))).toList();
  }

  private static Tensor directed(Gradients gradients, List<Tensor> leaves, DType dtype, long seed) {
    Tensor total = Tensor.zeros(dtype);
    List<Grid> directions = directions(leaves.stream().map(Tensor::shape).toList(), seed);
    for (int i = 0; i < leaves.size(); i++) {
      total = total.add(gradients.of(leaves.get(i)).mul(directions.get(i).tensor(dtype)).sum());
    }
    return total;
  }

  /** Returns one direction per operand. */
  static List<Grid> directions(List<Shape> shapes, long seed) {
    List<Grid> directions = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      directions.add(Samples.signed(shapes.get(i), 31 * seed + i));
    }
    return directions;
  }

  static List<Tensor> leaves(List<Grid> point, DType dtype) {
    return point.stream().map(x -> x.tensor(dtype).withGrad()).toList();
  }

  /** Returns the gradient of a number by differences in each element. */
  static List<Grid> byDifferences(ToDoubleFunction<List<Grid>> f, List<Grid> point) {
    List<Grid> gradient = new ArrayList<>();
    for (int operand = 0; operand < point.size(); operand++) {
      Grid x = point.get(operand);
      double[] slopes = new double[x.size()];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = slope(f, point, operand, i);
      }
      gradient.add(Grid.of(x.shape(), slopes));
    }
    return gradient;
  }

  private static double slope(
      ToDoubleFunction<List<Grid>> f, List<Grid> point, int operand, int element) {
    Grid x = point.get(operand);
    DoubleUnaryOperator along =
        step -> {
          List<Grid> moved = new ArrayList<>(point);
          moved.set(operand, x.with(element, x.flat(element) + step));
          return f.applyAsDouble(moved);
        };
    return stencil(
        along.applyAsDouble(-2 * STEP),
        along.applyAsDouble(-STEP),
        along.applyAsDouble(STEP),
        along.applyAsDouble(2 * STEP));
  }

  /** Returns the derivative of blocks along one direction by differences. */
  static List<Grid> alongByDifferences(
      UnaryOperator<List<Grid>> f, List<Grid> point, List<Grid> direction) {
    List<List<Grid>> at =
        Stream.of(-2, -1, 1, 2).map(n -> f.apply(moved(point, n * STEP, direction))).toList();
    List<Grid> result = new ArrayList<>();
    for (int i = 0; i < point.size(); i++) {
      double[] slopes = new double[point.get(i).size()];
      for (int e = 0; e < slopes.length; e++) {
        slopes[e] =
            stencil(
                at.get(0).get(i).flat(e),
                at.get(1).get(i).flat(e),
                at.get(2).get(i).flat(e),
                at.get(3).get(i).flat(e));
      }
      result.add(Grid.of(point.get(i).shape(), slopes));
    }
    return result;
  }

  private static List<Grid> moved(List<Grid> point, double step, List<Grid> direction) {
    List<Grid> moved = new ArrayList<>();
    for (int i = 0; i < point.size(); i++) {
      moved.add(point.get(i).plus(step, direction.get(i)));
    }
    return moved;
  }

  private static double stencil(double farBelow, double below, double above, double farAbove) {
    return (8 * (above - below) - (farAbove - farBelow)) / (12 * STEP);
  }
}
