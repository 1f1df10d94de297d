package dev.autograd.nn;

import dev.autograd.Parameter;
import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.random.RandomGenerator;

/**
 * What recurrent cells have in common: weights of all gates below each other, from the input and
 * from the state before, and a bias for either.
 */
record CellWeights(Tensor inputWeight, Tensor hiddenWeight, Tensor inputBias, Tensor hiddenBias) {

  /** Returns weights and biases uniform in {@code ±1/√units}, as in PyTorch, in this order. */
  static CellWeights draw(
      String cell, DType dtype, int gates, int inputs, int units, RandomGenerator random) {
    Arguments.requirePositive(cell, "inputs", inputs);
    Arguments.requirePositive(cell, "units", units);
    Initializer uniform = Initializer.uniform(1 / Math.sqrt(units));
    int rows = Math.multiplyExact(gates, units);
    return new CellWeights(
        Parameter.of("inputWeight", uniform.draw(random, dtype, Shape.of(rows, inputs))),
        Parameter.of("hiddenWeight", uniform.draw(random, dtype, Shape.of(rows, units))),
        Parameter.of("inputBias", uniform.draw(random, dtype, Shape.of(rows))),
        Parameter.of("hiddenBias", uniform.draw(random, dtype, Shape.of(rows))));
  }

  void requireFit(String cell, int gates) {
    Arguments.requireRank(
        cell, "the input weight", inputWeight, 2, "[" + rows(gates) + ", inputs]");
    Arguments.requireRank(
        cell, "the hidden weight", hiddenWeight, 2, "[" + rows(gates) + ", units]");
    int units = hiddenWeight.shape().dim(1);
    int rows = gates * units;
    Arguments.requireShape(cell, "the hidden weight", hiddenWeight, rows, units);
    Arguments.requireShape(cell, "the input weight", inputWeight, rows, inputWeight.shape().dim(1));
    Arguments.requireShape(cell, "the input bias", inputBias, rows);
    Arguments.requireShape(cell, "the hidden bias", hiddenBias, rows);
    Arguments.requireOneType(cell, inputWeight, hiddenWeight, inputBias, hiddenBias);
  }

  private static String rows(int gates) {
    return gates == 1 ? "units" : gates + " units";
  }

  /** Requires a state for as many sequences as there are inputs. */
  static void requireState(String cell, String name, Tensor state, Tensor projected, int units) {
    Shape wanted = Shape.of(projected.shape().dim(0), units);
    if (!state.shape().equals(wanted)) {
      throw new ShapeException(
          cell
              + ": "
              + name
              + " is "
              + state.shape()
              + " and must be "
              + wanted
              + ", one row per sequence");
    }
  }

  static String describe(String cell, Tensor inputWeight, int units, String more) {
    return cell
        + "("
        + inputWeight.shape().dim(1)
        + " -> "
        + units
        + ", "
        + inputWeight.dtype()
        + more
        + ")";
  }
}
