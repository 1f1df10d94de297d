package dev.autograd;

/**
 * An operation, or the pullback of one, has made a NaN or an infinity out of finite numbers; thrown
 * inside a tape that was opened with {@link Tape.Option#CHECK_FINITE}.
 */
public class NonFiniteException extends ArithmeticException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was asked, what was given and what to do. */
  public NonFiniteException(String message) {
    super(message);
  }
}
