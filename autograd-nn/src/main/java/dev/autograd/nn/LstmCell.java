package dev.autograd.nn;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The step of a network with long short-term memory: with σ the sigmoid,
 *
 * <pre>{@code
 * i  = σ(Wi x + bi + Ui h + ci)          input gate
 * f  = σ(Wf x + bf + Uf h + cf)          forget gate
 * g  = tanh(Wg x + bg + Ug h + cg)       what may be added to the memory
 * o  = σ(Wo x + bo + Uo h + co)          output gate
 * m' = f m + i g                         memory
 * h' = o tanh(m')                        output
 * }</pre>
 *
 * <p>{@code [batch, inputs]} and a state of two {@code [batch, units]} make another state. The rows
 * of the weights are those of i, f, g and o, in this order. The parameters are called {@code
 * inputWeight} (W), {@code hiddenWeight} (U), {@code inputBias} (b) and {@code hiddenBias} (c);
 * order and biases are as in PyTorch, so that weights can be exchanged. No bias is treated
 * specially: to start with open forget gates, assign.
 *
 * <p>Source: Hochreiter and Schmidhuber, Long short-term memory, Neural Computation 9, 1997; the
 * forget gate from Gers, Schmidhuber and Cummins, Learning to forget, Neural Computation 12, 2000.
 *
 * @param inputWeight W, {@code [4 units, inputs]}
 * @param hiddenWeight U, {@code [4 units, units]}
 * @param inputBias b, {@code [4 units]}
 * @param hiddenBias c, {@code [4 units]}
 */
public record LstmCell(Tensor inputWeight, Tensor hiddenWeight, Tensor inputBias, Tensor hiddenBias)
    implements WeightedCell<LstmCell.State> {

  private static final int GATES = 4;

  /**
   * What is remembered from step to step.
   *
   * @param hidden the last output h, {@code [batch, units]}
   * @param memory the memory m, also called cell state, {@code [batch, units]}
   */
  public record State(Tensor hidden, Tensor memory) {}

  /**
   * Checks that the parts fit.
   *
   * @throws dev.autograd.ShapeException if a shape does not fit the others
   * @throws dev.autograd.DTypeException if the element types differ
   */
  public LstmCell {
    new CellWeights(inputWeight, hiddenWeight, inputBias, hiddenBias).requireFit("LstmCell", GATES);
  }

  /**
   * Returns an F64 cell.
   *
   * @throws IllegalArgumentException if a size is below 1
   */
  public static LstmCell of(int inputs, int units, RandomGenerator random) {
    return of(DType.F64, inputs, units, random);
  }

  /**
   * Returns a cell with weights and biases uniform in {@code ±1/√units}, as in PyTorch.
   *
   * @throws IllegalArgumentException if a size is below 1
   * @throws dev.autograd.DTypeException if the type is neither F32 nor F64
   */
  public static LstmCell of(DType dtype, int inputs, int units, RandomGenerator random) {
    CellWeights w = CellWeights.draw("LstmCell", dtype, GATES, inputs, units, random);
    return new LstmCell(w.inputWeight(), w.hiddenWeight(), w.inputBias(), w.hiddenBias());
  }

  @Override
  public State start(int batch) {
    Tensor zeros = Tensor.zeros(dtype(), batch, units());
    return new State(zeros, zeros);
  }

  @Override
  public State next(Tensor projected, State state) {
    CellWeights.requireState("LstmCell", "the last output", state.hidden, projected, units());
    CellWeights.requireState("LstmCell", "the memory", state.memory, projected, units());
    List<Tensor> gates =
        projected.add(state.hidden.linear(hiddenWeight, hiddenBias)).split(-1, units());
    Tensor kept = gates.get(1).sigmoid().mul(state.memory);
    Tensor memory = kept.add(gates.get(0).sigmoid().mul(gates.get(2).tanh()));
    return new State(gates.get(3).sigmoid().mul(memory.tanh()), memory);
  }

  /** Returns the last output. */
  @Override
  public Tensor output(State state) {
    return state.hidden;
  }

  @Override
  public LstmCell map(UnaryOperator<Tensor> f) {
    return new LstmCell(
        f.apply(inputWeight), f.apply(hiddenWeight), f.apply(inputBias), f.apply(hiddenBias));
  }

  /** Returns sizes and type, as in {@code LstmCell(4 -> 8, F64)}. */
  @Override
  public String toString() {
    return CellWeights.describe("LstmCell", inputWeight, units(), "");
  }
}
