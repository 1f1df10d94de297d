package dev.autograd.nn.data;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Categories, as numbers: a column each, 1 where a row is of the category and else 0; or the number
 * of the category. They are those of the rows a model learns from; another one, met later, is an
 * error, or has a column of its own. Immutable.
 *
 * <pre>{@code
 * OneHot<String> colours = OneHot.fit(List.of("red", "green", "red"));   // green, red
 * Tensor x = colours.transform(List.of("red"));                          // [[0, 1]]
 * int[] classes = colours.indices(List.of("red", "green"));              // 1, 0
 * }</pre>
 *
 * <p>Classes that are numbered from 0 already need no fitting: {@link Tensor#oneHot}.
 *
 * @param categories the categories, all different, in the order of their columns
 * @param unknown whether there is one more column, the last one, for whatever is none of them
 * @param <T> what a category is, such as a text or an integer, compared by {@code equals}
 */
public record OneHot<T>(List<T> categories, boolean unknown) {

  private static final int MOST_SHOWN = 10;

  /**
   * Copies the categories, and checks them.
   *
   * @throws IllegalArgumentException if there is none, or one twice
   */
  public OneHot {
    categories = List.copyOf(categories);
    if (categories.isEmpty() || categories.stream().distinct().count() < categories.size()) {
      throw new IllegalArgumentException(
          "OneHot: the categories are "
              + shown(categories)
              + "; there must be at least one, and none twice");
    }
  }

  /**
   * Returns the different values, in ascending order, as categories.
   *
   * @param values those of the rows to learn from
   * @throws IllegalArgumentException if there is none
   */
  public static <T extends Comparable<? super T>> OneHot<T> fit(Collection<? extends T> values) {
    return new OneHot<>(List.copyOf(new TreeSet<T>(values)), false);
  }

  /** Returns the same categories with a column more, for whatever is none of them. */
  public OneHot<T> withUnknown() {
    return new OneHot<>(categories, true);
  }

  /** Returns the number of columns. */
  public int width() {
    return categories.size() + (unknown ? 1 : 0);
  }

  /**
   * Returns the number of each value's category, from 0, as for a loss over classes.
   *
   * @throws IllegalArgumentException if one is of no category, and there is no column for that
   */
  public int[] indices(List<? extends T> values) {
    Map<T, Integer> places = new HashMap<>();
    for (int i = 0; i < categories.size(); i++) {
      places.put(categories.get(i), i);
    }
    int[] indices = new int[values.size()];
    for (int row = 0; row < indices.length; row++) {
      Integer place = places.get(values.get(row));
      if (place == null && !unknown) {
        throw new IllegalArgumentException(
            "OneHot: row "
                + row
                + " is \""
                + values.get(row)
                + "\", which was not among the rows learnt from: "
                + shown(categories)
                + "; leave the row out, or ask for a column of unknown ones, withUnknown()");
      }
      indices[row] = place == null ? categories.size() : place;
    }
    return indices;
  }

  /**
   * Returns a row per value, F64 {@code [n, width]}, 1 in the column of its category and else 0.
   *
   * @throws IllegalArgumentException if one is of no category, and there is no column for that
   */
  public Tensor transform(List<? extends T> values) {
    return Tensor.indices(indices(values)).oneHot(DType.F64, width());
  }

  /**
   * Returns the category with the largest number of each row, the first of several, which undoes
   * {@link #transform}.
   *
   * @param x {@code [n, width]}, such as probabilities
   * @throws ShapeException if it has another shape
   * @throws IllegalArgumentException if a row is of no known category
   */
  public List<T> inverse(Tensor x) {
    if (x.rank() != 2 || x.shape().dim(1) != width()) {
      throw new ShapeException(
          "OneHot: inverse of " + x.shape() + "; it must be [n, " + width() + "]");
    }
    return Arrays.stream(x.argMax(1).toLongArray()).mapToObj(c -> category((int) c)).toList();
  }

  private T category(int column) {
    if (column == categories.size()) {
      throw new IllegalArgumentException(
          "OneHot: a row is in the column of unknown categories; which one it was, is lost");
    }
    return categories.get(column);
  }

  private static String shown(List<?> categories) {
    int more = categories.size() - MOST_SHOWN;
    return categories.subList(0, Math.min(MOST_SHOWN, categories.size()))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
