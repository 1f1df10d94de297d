package dev.autograd;

/** A matrix has no Cholesky factor; the message names the matrix of a stack, and the row. */
public class NotPositiveDefiniteException extends ArithmeticException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was asked, what was given and what to do. */
  public NotPositiveDefiniteException(String message) {
    super(message);
  }
}
