package dev.autograd;

/** A read of a parameter's value that has been overwritten since it was handed out or recorded. */
public class StaleValueException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was asked, what was given and what to do. */
  public StaleValueException(String message) {
    super(message);
  }
}
