package dev.autograd;

/**
 * A normalised tensor, and what it was normalised by: {@link Tensor#batchNormalized} returns it for
 * averages that run over batches.
 *
 * @param value the result
 * @param mean one per group of numbers, constant
 * @param variance one per group of numbers, divided by how many they are, constant
 */
public record Normalized(Tensor value, Tensor mean, Tensor variance) {}
