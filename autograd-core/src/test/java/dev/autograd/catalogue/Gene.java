package dev.autograd.catalogue;

/**
 * Four arbitrary numbers that decide one instruction of a random graph. Every sequence of genes
 * makes a valid graph, so that a failing one can be shortened and simplified freely.
 *
 * @param op which instruction
 * @param first which value is the first operand, 0 being the newest
 * @param second which of the values that fit is the second operand
 * @param number decides axes and indices
 */
record Gene(int op, int first, int second, int number) {}
