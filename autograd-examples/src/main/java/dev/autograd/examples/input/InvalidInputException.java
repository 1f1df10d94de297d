package dev.autograd.examples.input;

/**
 * Something the user gave cannot be used. The message is one line for the user: where it is, what
 * is wrong with it, and what to do.
 */
public final class InvalidInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes the exception. */
  public InvalidInputException(String message) {
    super(message);
  }

  /** Makes the exception for something that the system refused. */
  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
