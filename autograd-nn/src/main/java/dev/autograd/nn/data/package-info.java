/** Preparing data: standardised columns, reproducible splits and mini-batches. */
@NullMarked
package dev.autograd.nn.data;

import org.jspecify.annotations.NullMarked;
