package dev.autograd.nn.metrics;

/**
 * How the numbers of several classes become one. The definitions are those of scikit-learn, with
 * its default for undefined numbers: what is undefined for a class that occurs counts as 0.
 */
public enum Average {
  /** The mean over the classes that occur, in truth or among the predictions. */
  MACRO,
  /**
   * The number of all classes' rows taken together. Where each row has one class, precision, recall
   * and F1 are then all equal to the accuracy.
   */
  MICRO,
  /** The mean over the classes, weighted by how often they truly occur. */
  WEIGHTED
}
