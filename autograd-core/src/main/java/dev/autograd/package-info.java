/**
 * Tensors, the recorded graph, and derivatives.
 *
 * <p>Start with {@link dev.autograd.Tensor}. Operations are methods of the interfaces it
 * implements, one place each; {@link dev.autograd.Autograd} has derivatives as values, {@link
 * dev.autograd.Tape} the explicit recording, {@link dev.autograd.Losses} the losses.
 */
@NullMarked
package dev.autograd;

import org.jspecify.annotations.NullMarked;
