/** Judging what was learnt: predicted classes, accuracy, the confusion matrix. */
@NullMarked
package dev.autograd.nn.metrics;

import org.jspecify.annotations.NullMarked;
