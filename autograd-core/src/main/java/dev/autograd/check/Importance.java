package dev.autograd.check;

/**
 * What magnitude a derivative would have if the element had as much to do with the function as the
 * most important one: what it takes to tell a zero from a small number.
 *
 * @param natural if the function changes with it over a length like its own magnitude
 * @param least if it changes over no shorter a length than with others
 * @param among for the largest outputs of the function, not only those that are looked at
 */
record Importance(double natural, double least, double among) {}
