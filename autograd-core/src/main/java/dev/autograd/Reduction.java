package dev.autograd;

/** What becomes of the losses of single elements or rows. */
public enum Reduction {
  /** Their mean, weighted where the loss has class weights; the default. */
  MEAN,
  /**
   * Their sum divided by the number of examples, the size of the first axis: the divergence {@link
   * Losses#klDiv} per distribution, the squared error per example of several outputs.
   */
  BATCH_MEAN,
  /** Their sum. */
  SUM,
  /** Nothing: the result has one value per element or row. */
  NONE
}
