/**
 * Optimisers: how gradients change parameters.
 *
 * <p>A configuration such as {@link dev.autograd.nn.optim.Sgd} or {@link
 * dev.autograd.nn.optim.Adam} is immutable; {@code over(parameters)} makes the stateful {@link
 * dev.autograd.nn.optim.Optimizer}.
 */
@NullMarked
package dev.autograd.nn.optim;

import org.jspecify.annotations.NullMarked;
