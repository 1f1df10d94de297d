package dev.autograd.nn.data;

import java.util.function.Function;

/** Batches with a function applied to them. */
record MappedDataset<A, B>(Dataset<A> data, Function<? super A, ? extends B> function)
    implements Dataset<B> {

  @Override
  public int size() {
    return data.size();
  }

  @Override
  public B rows(int... rows) {
    return function.apply(data.rows(rows));
  }
}
