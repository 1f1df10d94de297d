package dev.autograd;

/**
 * A loss and its gradients with respect to several tensors.
 *
 * @param value the loss
 * @param gradients one per tensor
 */
public record ValueAndGradients(double value, Gradients gradients) {}
