package dev.autograd;

/** A gradient was asked for that is not there; the message says why. */
public class NoGradientException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was asked, what was given and what to do. */
  public NoGradientException(String message) {
    super(message);
  }
}
