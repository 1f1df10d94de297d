package dev.autograd.examples.training;

import java.util.SplittableRandom;

/**
 * One seed each for the three things that are drawn by lot, so that a change to one, such as a
 * wider network, leaves the others as they were.
 *
 * @param split which rows are held out
 * @param weights what the weights start with
 * @param order the order of the rows in each epoch
 */
record Seeds(long split, long weights, long order) {

  /** Returns the seeds that follow from one. */
  static Seeds of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Seeds(random.nextLong(), random.nextLong(), random.nextLong());
  }
}
