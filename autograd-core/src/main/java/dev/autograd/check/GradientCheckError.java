package dev.autograd.check;

/** A gradient check failed; an {@code AssertionError}, so that test frameworks report a failure. */
public class GradientCheckError extends AssertionError {

  private static final long serialVersionUID = 1L;

  /** Creates the error with the report as message. */
  public GradientCheckError(String message) {
    super(message);
  }
}
