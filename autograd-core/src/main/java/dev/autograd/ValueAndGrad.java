package dev.autograd;

/**
 * A function's value and its gradient at one point.
 *
 * @param value the value
 * @param grad the gradient, of the input's shape
 */
public record ValueAndGrad(Tensor value, Tensor grad) {}
