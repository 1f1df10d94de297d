package dev.autograd.natives;

import java.lang.reflect.InvocationTargetException;

/** What to say of an exception. */
final class Failures {

  private Failures() {}

  /** Returns the message of what was thrown inside of reflective calls and initialisers. */
  static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null
        && (cause instanceof InvocationTargetException
            || cause instanceof ExceptionInInitializerError
            || cause.getClass() == RuntimeException.class)) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    // Its message is the name of a class and nothing else.
    boolean isName = cause instanceof NoClassDefFoundError;
    return message == null || isName ? cause.toString() : message;
  }
}
