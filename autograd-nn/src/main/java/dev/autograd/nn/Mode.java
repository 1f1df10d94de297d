package dev.autograd.nn;

/** Whether a model is being trained: {@link Dropout} and the like behave differently then. */
public enum Mode {
  /** Training: dropout drops, statistics are those of the batch. */
  TRAINING,
  /** Using a trained model; what {@link Layer#forward(dev.autograd.Tensor)} means. */
  INFERENCE
}
