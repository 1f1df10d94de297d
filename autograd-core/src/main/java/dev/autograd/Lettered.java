package dev.autograd;

import dev.autograd.array.Shape;
import java.util.stream.IntStream;

/**
 * A tensor whose axes have letters: an operand of {@link Einsum}, or a product of some.
 *
 * @param letters one per axis
 */
record Lettered(Tensor tensor, String letters) {

  /** Takes diagonals until no letter stands twice. */
  Lettered withoutRepeats() {
    for (int i = 0; i < letters.length(); i++) {
      int first = i;
      int second = letters.indexOf(letters.charAt(i), i + 1);
      if (second >= 0) {
        int[] others =
            IntStream.range(0, letters.length()).filter(a -> a != first && a != second).toArray();
        int[] order = IntStream.concat(IntStream.of(others), IntStream.of(first, second)).toArray();
        String rest =
            new StringBuilder(letters).deleteCharAt(second).deleteCharAt(first).toString();
        return new Lettered(permute(order).diagonal(), rest + letters.charAt(i)).withoutRepeats();
      }
    }
    return this;
  }

  /** Drops axes, which have size 1. */
  Lettered withoutAxes(String gone) {
    int[] axes = axes(common(letters, gone));
    return axes.length == 0 ? this : new Lettered(tensor.squeeze(axes), except(letters, gone));
  }

  /** Sums over the axes that are not among some letters. */
  Lettered sumTo(String kept) {
    int[] axes = axes(except(letters, kept));
    return axes.length == 0 ? this : new Lettered(tensor.sum(axes), common(letters, kept));
  }

  /** Brings the axes into an order. */
  Lettered arrange(String order) {
    return new Lettered(permute(axes(order)), order);
  }

  /**
   * Returns the product with another tensor, summed over the common axes that are not kept. Its
   * axes are the common ones, then this one's own, then the other's own.
   */
  Lettered times(Lettered right, String kept) {
    String both = common(letters, right.letters);
    String stack = common(both, kept);
    String inner = except(both, kept);
    String rows = except(letters, right.letters);
    String columns = except(right.letters, letters);
    Tensor product =
        inner.isEmpty()
            ? outer(right, stack, rows, columns)
            : matmul(right, stack, rows, inner, columns);
    return new Lettered(product, stack + rows + columns);
  }

  private Tensor outer(Lettered right, String stack, String rows, String columns) {
    Lettered left = arrange(stack + rows);
    Lettered other = right.arrange(stack + columns);
    int[] ones = IntStream.generate(() -> 1).limit(columns.length()).toArray();
    int[] place = IntStream.generate(() -> 1).limit(rows.length()).toArray();
    return left.tensor
        .reshape(joined(left.sizes(stack + rows), ones))
        .mul(other.tensor.reshape(joined(other.sizes(stack), place, other.sizes(columns))));
  }

  /** A matrix that lies transposed is read so, instead of being copied. */
  private Tensor matmul(Lettered right, String stack, String rows, String inner, String columns) {
    boolean ta = !rows.isEmpty() && letters.equals(stack + inner + rows);
    boolean tb = !columns.isEmpty() && right.letters.equals(stack + columns + inner);
    int[] stackSizes = sizes(stack);
    int m = size(rows);
    int k = size(inner);
    int n = right.size(columns);
    Tensor a =
        arrange(ta ? stack + inner + rows : stack + rows + inner)
            .tensor
            .reshape(joined(stackSizes, ta ? new int[] {k, m} : new int[] {m, k}));
    Tensor b =
        right
            .arrange(tb ? stack + columns + inner : stack + inner + columns)
            .tensor
            .reshape(joined(stackSizes, tb ? new int[] {n, k} : new int[] {k, n}));
    return MatrixProduct.of(a, ta, b, tb)
        .reshape(joined(stackSizes, sizes(rows), right.sizes(columns)));
  }

  private Tensor permute(int... order) {
    boolean moves = IntStream.range(0, order.length).anyMatch(axis -> order[axis] != axis);
    return moves ? tensor.permute(order) : tensor;
  }

  private int[] axes(String some) {
    return some.chars().map(letters::indexOf).toArray();
  }

  private int[] sizes(String some) {
    return IntStream.of(axes(some)).map(tensor.shape()::dim).toArray();
  }

  private int size(String some) {
    return IntStream.of(sizes(some)).reduce(1, (a, b) -> a * b);
  }

  private static Shape joined(int[]... parts) {
    return Shape.of(
        IntStream.range(0, parts.length).flatMap(i -> IntStream.of(parts[i])).toArray());
  }

  private static String common(String letters, String others) {
    return filtered(letters, others, true);
  }

  private static String except(String letters, String others) {
    return filtered(letters, others, false);
  }

  private static String filtered(String letters, String others, boolean among) {
    StringBuilder chosen = new StringBuilder();
    letters
        .chars()
        .filter(letter -> others.indexOf(letter) >= 0 == among)
        .forEach(letter -> chosen.append((char) letter));
    return chosen.toString();
  }
}
