package dev.autograd;

/** A pullback threw; the message names the operation, the cause is what the pullback threw. */
public class PullbackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception around what the pullback threw. */
  public PullbackException(String message, Throwable cause) {
    super(message, cause);
  }
}
