package dev.autograd;

/**
 * A matrix has no inverse; the message names the operation, the matrix of a stack, and the column.
 */
public class SingularMatrixException extends ArithmeticException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was asked, what was given and what to do. */
  public SingularMatrixException(String message) {
    super(message);
  }
}
