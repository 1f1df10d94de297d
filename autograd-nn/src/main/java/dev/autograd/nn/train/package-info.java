/**
 * Training: the loop, what happens around it, and how a run is kept and resumed.
 *
 * <p>{@link dev.autograd.nn.train.Trainer} is an immutable configuration that runs; {@link
 * dev.autograd.nn.train.Callback}s see the run as {@link dev.autograd.nn.train.Training}; {@link
 * dev.autograd.nn.train.Checkpoint} keeps a model and its optimiser without a trainer.
 */
@NullMarked
package dev.autograd.nn.train;

import org.jspecify.annotations.NullMarked;
