/**
 * Judging what was learnt: numbers gathered batch by batch ({@link
 * dev.autograd.nn.metrics.Metric}), for classes, for probabilities and for numbers; predicted
 * classes; the confusion matrix.
 */
@NullMarked
package dev.autograd.nn.metrics;

import org.jspecify.annotations.NullMarked;
