/** Judging what was learnt: predicted classes, accuracy, the confusion matrix. */
@NullMarked
package dev.autograd.nn.train;

import org.jspecify.annotations.NullMarked;
