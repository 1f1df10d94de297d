/**
 * Layers and what they are made of.
 *
 * <p>A {@link dev.autograd.nn.Layer} is a function of a tensor; {@link dev.autograd.nn.Parameters}
 * lists what it learns, by path, {@link dev.autograd.nn.Buffers} what it remembers besides. {@link
 * dev.autograd.nn.Sequential}, {@link dev.autograd.nn.Residual}, {@link dev.autograd.nn.Parallel}
 * and {@link dev.autograd.nn.Concat} compose layers, and {@link dev.autograd.nn.Summary} prints
 * what came of it. Losses are in {@link dev.autograd.Losses}, optimisers in {@link
 * dev.autograd.nn.optim}.
 */
@NullMarked
package dev.autograd.nn;

import org.jspecify.annotations.NullMarked;
