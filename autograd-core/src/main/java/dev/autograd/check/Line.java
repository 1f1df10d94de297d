package dev.autograd.check;

import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** A function of one number, how far one has gone from some place, as its change from there. */
interface Line extends DoubleFunction<Extrapolation.@Nullable Change> {

  /** Returns the index of the element that moves; empty along a random direction. */
  List<Integer> index();

  /** Returns the number of the random direction; -1 if an element moves. */
  int direction();

  /** Returns the length on which the function may be expected to change, a power of two. */
  double scale();

  /** Returns longer lengths to try if rounding drowns the difference, rising. */
  List<Double> longer();

  /** Returns how far the function has come; null where it is not defined. */
  @Override
  Extrapolation.@Nullable Change apply(double way);
}
