package dev.autograd;

/**
 * Losses: a prediction and a target make one number to minimise, by default a mean.
 *
 * <p>The first argument is the prediction, the second the target. Their shapes must be equal (a
 * silent broadcast of {@code [n]} against {@code [n, 1]} would compare all with all). Derivatives
 * exist for both arguments, to every order, except in classes given as integers.
 *
 * <p>Each loss has three forms: the mean, one with a {@link Reduction}, and one with {@link
 * LossOptions}. Weights multiply the single losses before they are reduced.
 */
public final class Losses extends DistanceLosses {

  private Losses() {}
}
