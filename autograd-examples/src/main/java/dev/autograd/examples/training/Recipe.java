package dev.autograd.examples.training;

import java.util.List;

/**
 * How a network is made and trained.
 *
 * @param hidden the widths of the hidden layers
 * @param epochs how often every training row is seen
 * @param batch the rows per step
 * @param learningRate the step size of Adam
 * @param weightDecay the share of itself that each weight loses per step, times the learning rate
 */
public record Recipe(
    List<Integer> hidden, int epochs, int batch, double learningRate, double weightDecay) {}
