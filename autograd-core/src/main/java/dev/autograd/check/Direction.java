package dev.autograd.check;

import java.util.List;
import java.util.Random;

/** A direction in which one input of a function moves. */
interface Direction {

  /** Returns the index of the element that moves; empty for a random direction. */
  List<Integer> index();

  /** Returns the number of a random direction; -1 if an element moves. */
  int number();

  /** Returns the length on which a function may be expected to change, a power of two. */
  double scale();

  /** Returns longer lengths to try if rounding drowns the difference, rising. */
  List<Double> longer();

  /** Returns the values after going some way from x. */
  double[] from(double[] x, double way);

  /** Returns the distance that {@link #from} really went, which rounding may change. */
  double gone(double[] x, double way);

  /** Returns the derivative along this direction, of a gradient by each element. */
  double along(double[] gradient);

  /** Returns the bound on a derivative along this direction, of bounds on those by each element. */
  double accuracy(double[] bounds);

  /** Returns the words for a place on this line. */
  Place place(Block block, double way);

  /** Returns the direction in which one element grows. */
  static Direction ofElement(Block block, int element) {
    return new ElementDirection(block, element);
  }

  /** Returns a direction in which all elements move, each by a normal part of its magnitude. */
  static Direction random(Block block, int number, Random random) {
    double[] parts = new double[block.values().length];
    for (int i = 0; i < parts.length; i++) {
      // Few digits, so that the sum with a value is seldom rounded.
      parts[i] = (float) random.nextGaussian() * Steps.scale(block, i);
    }
    return new RandomDirection(number, parts);
  }
}
