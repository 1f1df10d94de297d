package dev.autograd.examples.training;

import dev.autograd.nn.train.History;

/**
 * What came of an experiment.
 *
 * @param history the losses of each epoch
 * @param result how well the network then answers
 */
public record Outcome(History history, Result result) {}
