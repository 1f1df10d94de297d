package dev.autograd.catalogue;

import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Which operands and numbers an instruction takes, chosen by a gene from the values there are. */
enum Fitting {
  /** Any one value. */
  ANY {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return Optional.of(new Choice(List.of(newest(values, gene.first())), List.of()));
    }
  },
  /** Two values that broadcast. */
  PAIR {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return pair(values, gene, (a, b) -> broadcasts(a.shape(), b.shape()), List.of());
    }
  },
  /** Two values that broadcast and nowhere meet. */
  DISTINCT_PAIR {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return pair(
          values,
          gene,
          (a, b) -> broadcasts(a.shape(), b.shape()) && smallest(a.zip(Fitting::gap, b)) > MARGIN,
          List.of());
    }
  },
  /** Two values of the same shape, to be put together along an axis. */
  ALIKE {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      int rank = values.get(newest(values, gene.first())).shape().rank();
      return rank == 0
          ? Optional.empty()
          : pair(
              values,
              gene,
              (a, b) -> a.shape().equals(b.shape()) && 3 * a.size() <= LARGEST,
              List.of(gene.number() % rank));
    }
  },
  /** Two values that are few enough to multiply all with all. */
  FEW {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return pair(values, gene, (a, b) -> a.size() * b.size() <= LARGEST, List.of());
    }
  },
  /** Two factors of a matrix product. */
  FACTORS {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return pair(values, gene, (a, b) -> multiplies(a.shape(), b.shape()), List.of());
    }
  },
  /** A matrix, or a stack of them. */
  MATRIX {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return one(values, gene, a -> a.shape().rank() >= 2, a -> List.of());
    }
  },
  /** A matrix of few rows, or a stack of them, and the number of rows. */
  FEW_ROWS {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return one(
          values,
          gene,
          a -> a.shape().rank() >= 2 && a.shape().dim(-2) <= 3,
          a -> List.of(a.shape().dim(-2)));
    }
  },
  /** A value and one of its axes. */
  AXIS {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return one(
          values, gene, a -> a.shape().rank() >= 1, a -> List.of(gene.number() % a.shape().rank()));
    }
  },
  /** A value that may become three times as large, and one of its axes. */
  GROWING_AXIS {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return one(
          values,
          gene,
          a -> a.shape().rank() >= 1 && 3 * a.size() <= LARGEST,
          a -> List.of(gene.number() % a.shape().rank()));
    }
  },
  /** A value and one of its axes, or none, which means all. */
  AXES {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return one(values, gene, a -> true, a -> axes(a.shape(), gene.number()));
    }
  },
  /** The same, and no two elements are equal. */
  DISTINCT_AXES {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return one(values, gene, Fitting::isDistinct, a -> axes(a.shape(), gene.number()));
    }
  },
  /** A value no two of whose elements are equal, and one of its axes. */
  DISTINCT_AXIS {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return one(
          values,
          gene,
          a -> a.shape().rank() >= 1 && isDistinct(a),
          a -> List.of(gene.number() % a.shape().rank()));
    }
  },
  /** A value, one of its axes, and an index on it. */
  INDEX {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return one(
          values, gene, a -> a.shape().rank() >= 1, a -> range(a.shape(), gene).subList(0, 2));
    }
  },
  /** A value, one of its axes, and a part of it. */
  RANGE {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return one(values, gene, a -> a.shape().rank() >= 1, a -> range(a.shape(), gene));
    }
  },
  /** A value and a larger shape it is repeated to. */
  LARGER_SHAPE {
    @Override
    Optional<Choice> choose(List<Grid> values, Gene gene) {
      return one(values, gene, a -> 3 * a.size() <= LARGEST, a -> larger(a.shape(), gene));
    }
  };

  /** So far from a kink that the steps of a difference quotient do not reach it. */
  static final double MARGIN = 0.05;

  private static final int LARGEST = 24;

  /** Ids of operands, and numbers for the call. */
  record Choice(List<Integer> operands, List<Integer> numbers) {}

  private interface Condition {
    boolean holds(Grid a, Grid b);
  }

  /** Returns what the gene chooses; empty if its first value cannot be an operand. */
  abstract Optional<Choice> choose(List<Grid> values, Gene gene);

  /** Returns the id of a value, of a late one more often than of an early one; 0 is the last. */
  static int newest(List<Grid> values, int number) {
    int reach = 1 + number / 7 % values.size();
    return values.size() - 1 - number % reach;
  }

  private static Optional<Choice> one(
      List<Grid> values, Gene gene, Predicate<Grid> fits, Function<Grid, List<Integer>> numbers) {
    int id = newest(values, gene.first());
    Grid value = values.get(id);
    return fits.test(value)
        ? Optional.of(new Choice(List.of(id), numbers.apply(value)))
        : Optional.empty();
  }

  private static Optional<Choice> pair(
      List<Grid> values, Gene gene, Condition fits, List<Integer> numbers) {
    int first = newest(values, gene.first());
    IntPredicate suits = id -> fits.holds(values.get(first), values.get(id));
    List<Integer> seconds = new ArrayList<>();
    IntStream.range(0, values.size())
        .map(back -> values.size() - 1 - back)
        .filter(suits)
        .forEach(seconds::add);
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Choice(List.of(first, seconds.get(gene.second() % seconds.size())), numbers));
  }

  private static List<Integer> axes(Shape shape, int number) {
    int axis = number % (shape.rank() + 1);
    return axis == shape.rank() ? List.of() : List.of(axis);
  }

  private static List<Integer> range(Shape shape, Gene gene) {
    int axis = gene.number() % shape.rank();
    int from = gene.second() % shape.dim(axis);
    int to = from + 1 + gene.op() % (shape.dim(axis) - from);
    return List.of(axis, from, to);
  }

  private static List<Integer> larger(Shape shape, Gene gene) {
    List<Integer> dims = new ArrayList<>(List.of(1 + gene.number() % 3));
    Arrays.stream(shape.toArray()).forEach(dims::add);
    return dims;
  }

  private static boolean broadcasts(Shape a, Shape b) {
    for (int axis = 1; axis <= Math.min(a.rank(), b.rank()); axis++) {
      if (a.dim(-axis) != b.dim(-axis) && a.dim(-axis) != 1 && b.dim(-axis) != 1) {
        return false;
      }
    }
    return Grid.common(a, b).size() <= LARGEST;
  }

  private static boolean multiplies(Shape a, Shape b) {
    return a.rank() >= 1
        && b.rank() >= 1
        && a.rank() <= 2
        && b.rank() <= 2
        && a.dim(-1) == b.dim(b.rank() == 1 ? -1 : -2);
  }

  private static double gap(double a, double b) {
    return Math.abs(a - b);
  }

  private static double smallest(Grid x) {
    return Arrays.stream(x.values()).min().orElse(1);
  }

  private static boolean isDistinct(Grid x) {
    double[] sorted = x.values();
    Arrays.sort(sorted);
    return IntStream.range(1, sorted.length).allMatch(i -> sorted[i] - sorted[i - 1] > MARGIN);
  }
}
