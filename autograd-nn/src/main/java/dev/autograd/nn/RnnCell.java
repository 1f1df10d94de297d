package dev.autograd.nn;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The step of a simple recurrent network: {@code h' = f(W x + b + U h + c)}, {@code [batch,
 * inputs], [batch, units] -> [batch, units]}.
 *
 * <p>The parameters are called {@code inputWeight} (W), {@code hiddenWeight} (U), {@code inputBias}
 * (b) and {@code hiddenBias} (c); two biases where one would do, as in PyTorch, so that weights can
 * be exchanged. Source: Elman, Finding structure in time, Cognitive Science 14, 1990.
 *
 * @param inputWeight W, {@code [units, inputs]}
 * @param hiddenWeight U, {@code [units, units]}
 * @param inputBias b, {@code [units]}
 * @param hiddenBias c, {@code [units]}
 * @param function f
 */
public record RnnCell(
    Tensor inputWeight,
    Tensor hiddenWeight,
    Tensor inputBias,
    Tensor hiddenBias,
    ActivationLayer function)
    implements WeightedCell<Tensor> {

  /**
   * Checks that the parts fit.
   *
   * @throws dev.autograd.ShapeException if a shape does not fit the others
   * @throws dev.autograd.DTypeException if the element types differ
   */
  public RnnCell {
    new CellWeights(inputWeight, hiddenWeight, inputBias, hiddenBias).requireFit("RnnCell", 1);
  }

  /**
   * Returns an F64 cell with tanh.
   *
   * @throws IllegalArgumentException if a size is below 1
   */
  public static RnnCell of(int inputs, int units, RandomGenerator random) {
    return of(DType.F64, inputs, units, random);
  }

  /**
   * Returns a cell with tanh, and weights and biases uniform in {@code ±1/√units}, as in PyTorch.
   *
   * @throws IllegalArgumentException if a size is below 1
   * @throws dev.autograd.DTypeException if the type is neither F32 nor F64
   */
  public static RnnCell of(DType dtype, int inputs, int units, RandomGenerator random) {
    CellWeights w = CellWeights.draw("RnnCell", dtype, 1, inputs, units, random);
    return new RnnCell(
        w.inputWeight(), w.hiddenWeight(), w.inputBias(), w.hiddenBias(), ActivationLayer.TANH);
  }

  /** Returns a cell of the same parameters with another function. */
  public RnnCell function(ActivationLayer f) {
    return new RnnCell(inputWeight, hiddenWeight, inputBias, hiddenBias, f);
  }

  @Override
  public Tensor start(int batch) {
    return Tensor.zeros(dtype(), batch, units());
  }

  @Override
  public Tensor next(Tensor projected, Tensor state) {
    CellWeights.requireState("RnnCell", "the state", state, projected, units());
    return function.forward(projected.add(state.linear(hiddenWeight, hiddenBias)));
  }

  /** Returns the state itself. */
  @Override
  public Tensor output(Tensor state) {
    return state;
  }

  @Override
  public RnnCell map(UnaryOperator<Tensor> f) {
    return new RnnCell(
        f.apply(inputWeight),
        f.apply(hiddenWeight),
        f.apply(inputBias),
        f.apply(hiddenBias),
        function);
  }

  /** Returns sizes, type and function, as in {@code RnnCell(4 -> 8, F64, tanh)}. */
  @Override
  public String toString() {
    return CellWeights.describe("RnnCell", inputWeight, units(), ", " + function);
  }
}
