package dev.autograd.testkit;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The choices of operands that the library's operations need. */
final class Fittings {

  /** The most axes of a value that gets one more. */
  private static final int RANK = 3;

  /** A matrix, or a stack of them. */
  static final Fitting MATRIX = Fitting.one(a -> a.rank() >= 2);

  /** A matrix of few rows, or a stack of them, and the number of rows. */
  static final Fitting FEW_ROWS =
      Fitting.one(a -> a.rank() >= 2 && a.shape().dim(-2) <= 3)
          .numbers((a, gene) -> List.of(a.shape().dim(-2)));

  /** A matrix of few rows, one with as many, and their number. */
  static final Fitting SYSTEM =
      Fitting.two(
              (a, b) ->
                  a.rank() == 2
                      && b.rank() == 2
                      && a.shape().dim(0) <= 3
                      && a.shape().dim(0) == b.shape().dim(0))
          .numbers((a, gene) -> List.of(a.shape().dim(0)));

  /** A value and one of its axes. */
  static final Fitting AXIS = Fitting.one(a -> a.rank() >= 1).numbers(Fittings::axis);

  /** A value that may become three times as large, and one of its axes. */
  static final Fitting GROWING_AXIS = Fitting.one(Fittings::growsAlongAxis).numbers(Fittings::axis);

  /** A value and one of its axes, or none, which means all. */
  static final Fitting AXES = Fitting.any().numbers(Fittings::axes);

  /** The same, and no two elements are equal. */
  static final Fitting DISTINCT_AXES = Fitting.one(Fittings::isDistinct).numbers(Fittings::axes);

  /** A value no two of whose elements are equal, and one of its axes. */
  static final Fitting DISTINCT_AXIS =
      Fitting.one(a -> a.rank() >= 1 && isDistinct(a)).numbers(Fittings::axis);

  /** A value and one of its axes, along which no two elements are equal, and there are two. */
  static final Fitting SPREAD_AXIS =
      Fitting.one(
              a -> a.rank() >= 1 && isDistinct(a) && Arrays.stream(dims(a)).allMatch(d -> d > 1))
          .numbers(Fittings::axis);

  /** A value, one of its axes, and an index on it. */
  static final Fitting INDEX =
      Fitting.one(a -> a.rank() >= 1).numbers((a, gene) -> range(a, gene).subList(0, 2));

  /** A value, one of its axes, and a part of it. */
  static final Fitting RANGE = Fitting.one(a -> a.rank() >= 1).numbers(Fittings::range);

  /** A value and a larger shape it is repeated to. */
  static final Fitting LARGER_SHAPE =
      Fitting.one(a -> a.rank() <= RANK && 3 * a.size() <= Fitting.LARGEST)
          .numbers(Fittings::larger);

  /** A value that one more axis may be put into, and where. */
  static final Fitting NEW_AXIS =
      Fitting.one(a -> a.rank() >= 1 && a.rank() <= RANK).numbers(Fittings::axis);

  /** A value and the reverse order of its axes. */
  static final Fitting ORDER =
      Fitting.one(a -> a.rank() >= 2)
          .numbers(
              (a, gene) ->
                  IntStream.range(0, a.rank()).map(i -> a.rank() - 1 - i).boxed().toList());

  /** Two values that broadcast and nowhere meet. */
  static final Fitting DISTINCT_PAIR =
      Fitting.two(
          (a, b) ->
              ShapePair.broadcasts(a.shape(), b.shape(), Fitting.LARGEST)
                  && smallest(a.sub(b)) > Fitting.MARGIN);

  /** Two values of the same shape. */
  static final Fitting SAME = Fitting.two((a, b) -> a.shape().equals(b.shape()));

  /** Two values of the same shape with axes. */
  static final Fitting TWINS = Fitting.two((a, b) -> a.rank() >= 1 && a.shape().equals(b.shape()));

  /** Two values of the same shape, to be put together along an axis. */
  static final Fitting ALIKE =
      Fitting.two(
              (a, b) ->
                  a.rank() >= 1
                      && a.rank() <= RANK
                      && a.shape().equals(b.shape())
                      && 3 * a.size() <= Fitting.LARGEST)
          .numbers(Fittings::axis);

  /** Two matrices of the same shape. */
  static final Fitting TWIN_MATRICES =
      Fitting.two((a, b) -> a.rank() == 2 && a.shape().equals(b.shape()));

  /** Two values that are few enough to multiply all with all. */
  static final Fitting FEW = Fitting.two((a, b) -> a.size() * b.size() <= Fitting.LARGEST);

  /** Two values of equally many elements. */
  static final Fitting EQUALLY_MANY = Fitting.two((a, b) -> a.size() == b.size());

  /** Two factors of a matrix product. */
  static final Fitting FACTORS =
      Fitting.two(
          (a, b) ->
              a.rank() >= 1
                  && b.rank() >= 1
                  && a.rank() <= 2
                  && b.rank() <= 2
                  && a.shape().dim(-1) == b.shape().dim(b.rank() == 1 ? -1 : -2));

  /** Two matrices whose rows are equally long. */
  static final Fitting ROWS =
      Fitting.two((a, b) -> a.rank() == 2 && b.rank() == 2 && a.shape().dim(1) == b.shape().dim(1));

  /** The same, and the second has no fewer rows. */
  static final Fitting NO_MORE_ROWS =
      Fitting.two(
          (a, b) ->
              a.rank() == 2
                  && b.rank() == 2
                  && a.shape().dim(1) == b.shape().dim(1)
                  && a.shape().dim(0) <= b.shape().dim(0));

  /** A value with axes, and a vector as long as its last one. */
  static final Fitting LAST_AND_VECTOR =
      Fitting.two((a, b) -> a.rank() >= 1 && b.rank() == 1 && a.shape().dim(-1) == b.size());

  /** A batch of two or more, and a vector as long as its second axis. */
  static final Fitting CHANNELS_AND_VECTOR =
      Fitting.two(
          (a, b) ->
              a.rank() >= 2
                  && b.rank() == 1
                  && a.shape().dim(0) > 1
                  && a.shape().dim(1) == b.size());

  /** A value of some elements, and a shorter one. */
  static final Fitting SIGNAL_AND_FILTER =
      Fitting.two((a, b) -> a.size() >= b.size() && b.size() <= 3);

  /** Two matrices, the second of which fits inside the first. */
  static final Fitting IMAGE_AND_FILTER =
      Fitting.two(
          (a, b) ->
              a.rank() == 2
                  && b.rank() == 2
                  && b.shape().dim(0) <= a.shape().dim(0)
                  && b.shape().dim(1) <= a.shape().dim(1));

  /** Two matrices that a transposed convolution makes a larger one of. */
  static final Fitting SMALL_IMAGES =
      Fitting.two(
          (a, b) ->
              a.rank() == 2
                  && b.rank() == 2
                  && (a.shape().dim(0) + b.shape().dim(0) - 1)
                          * (a.shape().dim(1) + b.shape().dim(1) - 1)
                      <= Fitting.LARGEST);

  private Fittings() {}

  private static List<Integer> axis(Tensor a, Gene gene) {
    return List.of(gene.number() % a.rank());
  }

  private static List<Integer> axes(Tensor a, Gene gene) {
    int axis = gene.number() % (a.rank() + 1);
    return axis == a.rank() ? List.of() : List.of(axis);
  }

  private static List<Integer> range(Tensor a, Gene gene) {
    int axis = gene.number() % a.rank();
    int size = a.shape().dim(axis);
    int from = gene.second() % size;
    int to = from + 1 + gene.op() % (size - from);
    return List.of(axis, from, to);
  }

  private static List<Integer> larger(Tensor a, Gene gene) {
    List<Integer> dims = new ArrayList<>(List.of(1 + gene.number() % 3));
    Arrays.stream(dims(a)).forEach(dims::add);
    return dims;
  }

  private static boolean growsAlongAxis(Tensor a) {
    return a.rank() >= 1 && 3 * a.size() <= Fitting.LARGEST;
  }

  static int[] dims(Tensor a) {
    Shape shape = a.shape();
    return shape.toArray();
  }

  /** Returns the smallest magnitude; 1 of nothing. */
  static double smallest(Tensor a) {
    return Arrays.stream(a.toDoubleArray()).map(Math::abs).min().orElse(1);
  }

  static boolean isDistinct(Tensor a) {
    double[] sorted = a.toDoubleArray();
    Arrays.sort(sorted);
    return IntStream.range(1, sorted.length)
        .allMatch(i -> sorted[i] - sorted[i - 1] > Fitting.MARGIN);
  }
}
