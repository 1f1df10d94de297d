/**
 * Optimisers: how gradients change parameters.
 *
 * <p>A configuration such as {@link dev.autograd.nn.optim.Sgd} or {@link
 * dev.autograd.nn.optim.Adam} is immutable; {@code over(parameters)} makes the stateful {@link
 * dev.autograd.nn.optim.Optimizer}. So do {@link dev.autograd.nn.optim.Plateau} and {@link
 * dev.autograd.nn.optim.Ema} with what they configure.
 */
@NullMarked
package dev.autograd.nn.optim;

import org.jspecify.annotations.NullMarked;
