package dev.autograd.nn;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A recurrent network: a cell run over the steps of sequences, {@code [batch, time, inputs] ->
 * [batch, time, units]}.
 *
 * <pre>{@code
 * Layer last = Sequential.of(Recurrent.of(GruCell.of(4, 8, random)), Select.lastStep());
 * Layer deep = Sequential.of(Recurrent.of(first), Recurrent.of(second));
 * Layer both = Concat.of(-1, Recurrent.of(forth), Recurrent.of(back).backwards());
 * }</pre>
 *
 * <p>As a layer it starts with zeros and returns the outputs of all steps; {@link #run(Tensor,
 * Object)} starts with a state of yours and returns the last one too, to go on with. Between pieces
 * of a long sequence, {@code detach()} the state to keep the sweep within a piece.
 *
 * <p>Paths are those of the cell's parameters, {@code "inputWeight"}.
 *
 * @param cell what makes a step
 * @param reversed whether the last step of the input is the first to be made; outputs stay at the
 *     place of their input
 * @param <S> what the cell remembers
 */
public record Recurrent<S>(Cell<S> cell, boolean reversed) implements ModeFree {

  /**
   * What came of a sequence.
   *
   * @param outputs of all steps, {@code [batch, time, units]}
   * @param last the state after the last step that was made
   * @param <S> what the cell remembers
   */
  public record Unrolled<S>(Tensor outputs, S last) {}

  /** Returns the network that starts with the first step. */
  public static <S> Recurrent<S> of(Cell<S> cell) {
    return new Recurrent<>(cell, false);
  }

  /** Returns a network of the same cell that runs in the other direction. */
  public Recurrent<S> backwards() {
    return new Recurrent<>(cell, !reversed);
  }

  /**
   * Returns the outputs of all steps, starting with zeros.
   *
   * @throws ShapeException if x is not {@code [batch, time, inputs]}, or has no step
   */
  @Override
  public Tensor forward(Tensor x) {
    return run(x).outputs();
  }

  /**
   * Returns outputs and last state, starting with zeros.
   *
   * @throws ShapeException if x is not {@code [batch, time, inputs]}, or has no step
   */
  public Unrolled<S> run(Tensor x) {
    requireSequences(x);
    return run(x, cell.start(x.shape().dim(0)));
  }

  /**
   * Returns outputs and last state, starting with a state.
   *
   * @throws ShapeException if x is not {@code [batch, time, inputs]}, has no step, or the state is
   *     not one of so many sequences
   */
  public Unrolled<S> run(Tensor x, S start) {
    requireSequences(x);
    List<Tensor> steps = new ArrayList<>(cell.project(x).unstack(1));
    List<Tensor> outputs = new ArrayList<>();
    if (reversed) {
      Collections.reverse(steps);
    }
    S state = start;
    for (Tensor step : steps) {
      state = cell.next(step, state);
      outputs.add(cell.output(state));
    }
    if (reversed) {
      Collections.reverse(outputs);
    }
    return new Unrolled<>(Tensor.stack(1, outputs), state);
  }

  private void requireSequences(Tensor x) {
    if (x.rank() != 3 || x.shape().dim(1) == 0 || x.shape().dim(2) != cell.inputs()) {
      throw new ShapeException(
          "Recurrent: the input is "
              + x.shape()
              + " and must be [batch, time, "
              + cell.inputs()
              + "] with at least one step");
    }
  }

  @Override
  public Parameters parameters() {
    return cell.parameters();
  }

  @Override
  public Recurrent<S> map(UnaryOperator<Tensor> f) {
    return new Recurrent<>(cell.map(f), reversed);
  }

  /** Returns the cell in brackets. */
  @Override
  public String toString() {
    return "Recurrent[" + cell + (reversed ? ", reversed" : "") + "]";
  }
}
