package dev.autograd.nn.data;

import dev.autograd.ShapeException;
import dev.autograd.Tensor;
import java.util.function.Function;

/**
 * Numbered rows that are read in batches, when they are asked for: from tensors, from a file, or
 * from wherever an implementation of two methods finds them.
 *
 * <pre>{@code
 * Dataset<Examples> data = Dataset.of(images, classes);
 * Split split = Split.stratified(classes, 0.2, 42);
 * Standardizer standardizer = Standardizer.fit(Rows.of(images, split.train()));
 * Dataset<Examples> train = data.subset(split.train())
 *     .map(b -> new Examples(standardizer.transform(b.inputs()), b.targets()));
 * }</pre>
 *
 * <p>A {@link DataLoader} asks for rows on a thread of its own, and several may ask at the same
 * time: {@link #rows} must be safe to call from any thread, and so must functions given to {@link
 * #map}. The same rows must be the same whenever they are asked for, or a run cannot be repeated.
 *
 * @param <B> what a batch of rows is: {@link Examples}, {@link Tensor}, or anything else
 */
public interface Dataset<B> {

  /** Returns the number of rows. */
  int size();

  /**
   * Returns some rows as one batch, in the order named; a row may be named more than once.
   *
   * @param rows from 0, at least one
   * @throws IndexOutOfBoundsException if there is no such row
   * @throws IllegalArgumentException if none is named
   * @see Rows#requireThere
   */
  B rows(int... rows);

  /**
   * Returns the rows of a tensor, {@code [n, ...]}.
   *
   * @throws ShapeException if it is a single number
   */
  static Dataset<Tensor> of(Tensor rows) {
    return new TensorDataset(rows);
  }

  /**
   * Returns the rows of two tensors, {@code [n, ...]} each.
   *
   * @throws ShapeException if one of the two is a single number, or their numbers of rows differ
   */
  static Dataset<Examples> of(Tensor inputs, Tensor targets) {
    Examples all = new Examples(inputs, targets);
    return examples(of(all.inputs()), of(all.targets()));
  }

  /**
   * Returns the rows of a tensor, {@code [n, ...]}, each with its class; the targets of a batch are
   * indices, I32 {@code [n]}.
   *
   * @throws ShapeException if the tensor is a single number, or there is not one class per row
   */
  static Dataset<Examples> of(Tensor inputs, int[] classes) {
    return of(inputs, Tensor.indices(classes));
  }

  /**
   * Returns the rows of two data sets side by side.
   *
   * @throws IllegalArgumentException if their numbers of rows differ
   */
  static Dataset<Examples> examples(Dataset<Tensor> inputs, Dataset<Tensor> targets) {
    return new ExampleDataset(inputs, targets);
  }

  /**
   * Returns the same rows, with a function applied to each batch when it is read, such as a
   * transform that was fitted on the training part.
   *
   * @param function what is applied, perhaps on several threads at once
   */
  default <C> Dataset<C> map(Function<? super B, ? extends C> function) {
    return new MappedDataset<>(this, function);
  }

  /**
   * Returns some of the rows, in the order named, such as a part of a {@link Split}; nothing is
   * read.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   * @throws IllegalArgumentException if none is named
   */
  default Dataset<B> subset(int... rows) {
    return new Subset<>(this, Rows.requireThere(size(), rows).clone());
  }
}
