package dev.autograd.check;

import java.io.Serial;

/** A clause is broken; the message says where and by which numbers. */
final class Broken extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String what;

  Broken(String what) {
    super(what);
    this.what = what;
  }

  /** Returns the message. */
  String what() {
    return what;
  }
}
