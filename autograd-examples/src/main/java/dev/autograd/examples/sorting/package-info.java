/** A small transformer that learns to sort. */
@NullMarked
package dev.autograd.examples.sorting;

import org.jspecify.annotations.NullMarked;
