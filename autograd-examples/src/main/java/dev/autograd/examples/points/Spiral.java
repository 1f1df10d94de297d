package dev.autograd.examples.points;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import dev.autograd.nn.ActivationLayer;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Schedule;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Points on arms that wind around each other, so that no line separates them.
 *
 * @param points {@code [n, 2]}
 * @param arms the arm of each point, {@code [n]}
 */
public record Spiral(Tensor points, int[] arms) {
