package dev.autograd.testkit;

import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Which operands and numbers an operation takes, as a gene chooses them from the values a graph has
 * so far.
 *
 * <pre>{@code
 * Fitting.one(a -> a.rank() >= 1).numbers((a, gene) -> List.of(gene.number() % a.rank()))
 * Fitting.two((a, b) -> a.shape().equals(b.shape()))
 * }</pre>
 */
public final class Fitting {

  /**
   * How far values keep from kinks, jumps and ties: much more than the steps of a difference
   * quotient and than rounding to single precision move them.
   */
  public static final double MARGIN = 0.05;

  /** The most elements of a value in a graph: derivatives by differences cost so many calls. */
  public static final int LARGEST = 24;

  /**
   * What a gene chose.
   *
   * @param operands positions in the list of values
   * @param numbers axes, indices, sizes: what the call takes besides tensors
   */
  record Choice(List<Integer> operands, List<Integer> numbers) {}

  private final int arity;
  private final BiPredicate<Tensor, Tensor> fits;
  private final BiFunction<Tensor, Gene, List<Integer>> numbers;

  private Fitting(
      int arity,
      BiPredicate<Tensor, Tensor> fits,
      BiFunction<Tensor, Gene, List<Integer>> numbers) {
    this.arity = arity;
    this.fits = fits;
    this.numbers = numbers;
  }

  /** Returns a choice of any one value, and no numbers. */
  public static Fitting any() {
    return one(a -> true);
  }

  /** Returns a choice of one value of some kind. */
  public static Fitting one(Predicate<Tensor> fits) {
    return new Fitting(1, (a, same) -> fits.test(a), (a, gene) -> List.of());
  }

  /** Returns a choice of two values that broadcast against each other. */
  public static Fitting pair() {
    return two((a, b) -> ShapePair.broadcasts(a.shape(), b.shape(), LARGEST));
  }

  /** Returns a choice of two values, maybe the same one, that fit together. */
  public static Fitting two(BiPredicate<Tensor, Tensor> fits) {
    return new Fitting(2, fits, (a, gene) -> List.of());
  }

  /** Returns this choice with numbers that depend on the first operand and the gene. */
  public Fitting numbers(BiFunction<Tensor, Gene, List<Integer>> numbers) {
    return new Fitting(arity, fits, numbers);
  }

  /** Returns how many tensors are chosen: 1 or 2. */
  public int arity() {
    return arity;
  }

  /**
   * Returns what the gene chooses; empty if its first value cannot be an operand.
   *
   * @param used which values some instruction has used
   */
  Optional<Choice> choose(List<Tensor> values, BitSet used, Gene gene) {
    int first = first(values.size(), used, gene.first());
    Tensor a = values.get(first);
    if (arity == 1) {
      return fits.test(a, a)
          ? Optional.of(new Choice(List.of(first), numbers.apply(a, gene)))
          : Optional.empty();
    }
    List<Integer> seconds = new ArrayList<>();
    for (int id = values.size() - 1; id >= 0; id--) {
      if (fits.test(a, values.get(id))) {
        seconds.add(id);
      }
    }
    if (seconds.isEmpty()) {
      return Optional.empty();
    }
    int second = seconds.get(gene.second() % seconds.size());
    return Optional.of(new Choice(List.of(first, second), numbers.apply(a, gene)));
  }

  /**
   * Returns the position of a value that a number names: for three of five numbers, 0 among them,
   * the last, so that graphs grow deep; for one the first that is not used yet, so that branches go
   * on and join; for one a late one more often than an early one.
   */
  static int first(int count, BitSet used, int number) {
    int free = number / 5;
    return switch (number % 5) {
      case 3 -> Math.min(used.nextClearBit(0), count - 1);
      case 4 -> count - 1 - free % (1 + free / 2 % count);
      default -> count - 1;
    };
  }
}
