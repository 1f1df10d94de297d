package dev.autograd.check;

import org.jspecify.annotations.Nullable;

/** A function that is not defined, or not finite, next to the given inputs. */
final class Undefined extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Undefined(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
