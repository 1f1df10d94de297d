package dev.autograd;

/**
 * A read of a tensor whose storage belonged to a {@link Tape} that is closed; see {@link
 * Tensor#keep}.
 */
public class ClosedTapeException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was asked, what was given and what to do. */
  public ClosedTapeException(String message) {
    super(message);
  }
}
