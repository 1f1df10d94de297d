package dev.autograd;

import java.util.function.Supplier;

/**
 * A pullback or a gradient hook threw; the message names the operation or tensor, the cause is what
 * was thrown.
 */
public class PullbackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception around what the pullback or hook threw. */
  public PullbackException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns what a user's function returns. What it throws is wrapped, except what the library
   * itself has to say about graphs, tapes, parameters and numbers.
   *
   * @param who names the function, for the message
   * @param consequence what the failure has led to, for the message
   */
  static Tensor wrapping(String who, String consequence, Supplier<Tensor> function) {
    try {
      return function.get();
    } catch (StaleValueException
        | ReleasedGraphException
        | ClosedTapeException
        | NonFiniteException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new PullbackException(who + " threw " + e + "; " + consequence, e);
    }
  }
}
