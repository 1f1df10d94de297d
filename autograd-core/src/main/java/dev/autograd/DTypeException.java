package dev.autograd;

/**
 * Element types that do not fit the operation; types are never converted silently, see {@link
 * Tensor#to}.
 */
public class DTypeException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was asked, what was given and what to do. */
  public DTypeException(String message) {
    super(message);
  }
}
