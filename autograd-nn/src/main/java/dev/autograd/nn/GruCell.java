package dev.autograd.nn;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The step of a gated recurrent unit: with σ the sigmoid,
 *
 * <pre>{@code
 * r  = σ(Wr x + br + Ur h + cr)              reset
 * z  = σ(Wz x + bz + Uz h + cz)              update
 * n  = tanh(Wn x + bn + r (Un h + cn))       candidate, or
 * n  = tanh(Wn x + bn + Un (r h) + cn)       if the state is reset before the product
 * h' = (1 - z) n + z h
 * }</pre>
 *
 * <p>{@code [batch, inputs], [batch, units] -> [batch, units]}. The rows of the weights are those
 * of r, z and n, in this order. The parameters are called {@code inputWeight} (W), {@code
 * hiddenWeight} (U), {@code inputBias} (b) and {@code hiddenBias} (c).
 *
 * <p>To reset after the product is what PyTorch and cuDNN do, and order and biases are as there, so
 * that weights can be exchanged. Source: Cho et al., Learning phrase representations using RNN
 * encoder-decoder, EMNLP 2014, section 2.3, which resets before it and calls 1 - z what is z here.
 *
 * @param inputWeight W, {@code [3 units, inputs]}
 * @param hiddenWeight U, {@code [3 units, units]}
 * @param inputBias b, {@code [3 units]}
 * @param hiddenBias c, {@code [3 units]}
 * @param resetsFirst whether the state is reset before the product with Un
 */
public record GruCell(
    Tensor inputWeight,
    Tensor hiddenWeight,
    Tensor inputBias,
    Tensor hiddenBias,
    boolean resetsFirst)
    implements WeightedCell<Tensor> {

  private static final int GATES = 3;

  /**
   * Checks that the parts fit.
   *
   * @throws dev.autograd.ShapeException if a shape does not fit the others
   * @throws dev.autograd.DTypeException if the element types differ
   */
  public GruCell {
    new CellWeights(inputWeight, hiddenWeight, inputBias, hiddenBias).requireFit("GruCell", GATES);
  }

  /**
   * Returns an F64 cell that resets after the product.
   *
   * @throws IllegalArgumentException if a size is below 1
   */
  public static GruCell of(int inputs, int units, RandomGenerator random) {
    return of(DType.F64, inputs, units, random);
  }

  /**
   * Returns a cell that resets after the product, with weights and biases uniform in {@code
   * ±1/√units}, as in PyTorch.
   *
   * @throws IllegalArgumentException if a size is below 1
   * @throws dev.autograd.DTypeException if the type is neither F32 nor F64
   */
  public static GruCell of(DType dtype, int inputs, int units, RandomGenerator random) {
    CellWeights w = CellWeights.draw("GruCell", dtype, GATES, inputs, units, random);
    return new GruCell(w.inputWeight(), w.hiddenWeight(), w.inputBias(), w.hiddenBias(), false);
  }

  /** Returns a cell of the same parameters that resets the state before the product. */
  public GruCell resettingFirst() {
    return new GruCell(inputWeight, hiddenWeight, inputBias, hiddenBias, true);
  }

  @Override
  public Tensor start(int batch) {
    return Tensor.zeros(dtype(), batch, units());
  }

  @Override
  public Tensor next(Tensor projected, Tensor state) {
    CellWeights.requireState("GruCell", "the state", state, projected, units());
    List<Tensor> x = projected.split(-1, units());
    Tensor candidate;
    Tensor update;
    if (resetsFirst) {
      int gates = 2 * units();
      int rows = GATES * units();
      Tensor h = state.linear(hiddenWeight.slice(0, 0, gates), hiddenBias.slice(0, 0, gates));
      Tensor reset = x.get(0).add(h.slice(-1, 0, units())).sigmoid();
      update = x.get(1).add(h.slice(-1, units(), gates)).sigmoid();
      candidate =
          reset
              .mul(state)
              .linear(hiddenWeight.slice(0, gates, rows), hiddenBias.slice(0, gates, rows))
              .add(x.get(2))
              .tanh();
    } else {
      List<Tensor> h = state.linear(hiddenWeight, hiddenBias).split(-1, units());
      Tensor reset = x.get(0).add(h.get(0)).sigmoid();
      update = x.get(1).add(h.get(1)).sigmoid();
      candidate = x.get(2).add(reset.mul(h.get(2))).tanh();
    }
    return candidate.add(update.mul(state.sub(candidate)));
  }

  /** Returns the state itself. */
  @Override
  public Tensor output(Tensor state) {
    return state;
  }

  @Override
  public GruCell map(UnaryOperator<Tensor> f) {
    return new GruCell(
        f.apply(inputWeight),
        f.apply(hiddenWeight),
        f.apply(inputBias),
        f.apply(hiddenBias),
        resetsFirst);
  }

  /** Returns sizes and type, as in {@code GruCell(4 -> 8, F64)}. */
  @Override
  public String toString() {
    return CellWeights.describe(
        "GruCell", inputWeight, units(), resetsFirst ? ", resets first" : "");
  }
}
