/**
 * Data on its way to a model: data sets that are read in batches, perhaps on another thread;
 * splits; and columns standardised, scaled and encoded by what the training part shows.
 */
@NullMarked
package dev.autograd.nn.data;

import org.jspecify.annotations.NullMarked;
