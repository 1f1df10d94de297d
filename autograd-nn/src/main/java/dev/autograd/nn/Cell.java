package dev.autograd.nn;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.function.UnaryOperator;

/**
 * One time step of a recurrent network: the next state from an input and the state before. {@link
 * Recurrent} runs it over a sequence.
 *
 * <p>A step comes in two parts, so that the first, which knows nothing of the state, can be done
 * for all steps of a sequence in one product of matrices.
 *
 * @param <S> what is remembered from step to step
 */
public interface Cell<S> {

  /** Returns the number of features of an input. */
  int inputs();

  /** Returns the number of features of an output. */
  int units();

  /** Returns the type of the parameters. */
  DType dtype();

  /** Returns the state before the first step, zeros, for a number of sequences. */
  S start(int batch);

  /**
   * Returns what a step needs of its input: {@code [..., inputs] -> [..., k]}, where k is the
   * cell's own affair.
   */
  Tensor project(Tensor x);

  /**
   * Returns the state after a step.
   *
   * @param projected what {@link #project} made of the input, {@code [batch, k]}
   * @param state the state before
   * @throws dev.autograd.ShapeException if the state is not that of so many sequences
   */
  S next(Tensor projected, S state);

  /** Returns what a step shows of its state, {@code [batch, units]}. */
  Tensor output(S state);

  /** Returns the state after a step from an input, {@code [batch, inputs]}. */
  default S step(Tensor x, S state) {
    return next(project(x), state);
  }

  /** Returns what the cell learns, by name. */
  Parameters parameters();

  /** Returns the same cell over other tensors; see {@link Layer#map}. */
  Cell<S> map(UnaryOperator<Tensor> f);
}
