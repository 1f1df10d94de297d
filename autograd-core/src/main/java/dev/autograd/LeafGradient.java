package dev.autograd;

/**
 * A gradient that a sweep leaves somewhere.
 *
 * @param vertex where: a leaf, or an operation that retains its gradient
 * @param place what it is added to
 * @param gradient the complete gradient of this sweep
 * @param slot the vertex's place in the order of the sweep
 */
record LeafGradient(Vertex vertex, GradientSlot place, Tensor gradient, int slot) {}
