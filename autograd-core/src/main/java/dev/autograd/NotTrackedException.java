package dev.autograd;

/** A derivative of, or with respect to, a tensor that takes no part in any recorded graph. */
public class NotTrackedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was asked, what was given and what to do. */
  public NotTrackedException(String message) {
    super(message);
  }
}
