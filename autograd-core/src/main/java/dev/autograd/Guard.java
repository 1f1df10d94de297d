package dev.autograd;

/** What can make a tensor unreadable: its storage belongs to a tape, or is a parameter's. */
sealed interface Guard permits Lease, ParameterVersion {

  /**
   * Returns if the storage still holds what the tensor was created with.
   *
   * @throws ClosedTapeException if the tape is closed
   * @throws StaleValueException if the parameter was updated
   */
  void check(Tensor reader);
}
