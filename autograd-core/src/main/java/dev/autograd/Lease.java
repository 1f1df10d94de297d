package dev.autograd;

/**
 * The storage of one open tape: everything computed while the tape was innermost, until it closes.
 */
final class Lease implements Guard {

  private final Thread owner = Thread.currentThread();
  private volatile boolean ended;

  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** Returns whether a tape that another thread holds open owns this storage. */
  boolean heldElsewhere() {
    return owner != Thread.currentThread() && !ended;
  }

  @Override
  public void check(Tensor reader) {
    if (ended) {
      throw new ClosedTapeException(
          reader.describe()
              + " was computed inside a tape that is closed, and its storage with it; call keep() on"
              + " what shall outlive the tape, inside it");
    }
  }
}
