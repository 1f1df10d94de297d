package dev.autograd;

/**
 * A sweep over a graph whose saved values an earlier sweep has released, or another is using up.
 */
public class ReleasedGraphException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was asked, what was given and what to do. */
  public ReleasedGraphException(String message) {
    super(message);
  }
}
