package dev.autograd;

/**
 * Shapes, axes or sizes that do not fit the operation; the message names the operation and the
 * shapes.
 */
public class ShapeException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was asked, what was given and what to do. */
  public ShapeException(String message) {
    super(message);
  }
}
