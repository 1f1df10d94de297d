package dev.autograd.nn.train;

import dev.autograd.Tensor;
import java.util.function.BiFunction;

/** The mean over all rows of a loss that is given per batch, as the mean over its rows. */
record MeanOverRows<B>(BiFunction<Tensor, B, Tensor> loss) implements Measure<B> {

  @Override
  public Sum<B> begin() {
    return new Sum<>() {

      private double total;
      private long count;

      @Override
      public void add(Tensor outputs, B batch, int rows) {
        total += loss.apply(outputs, batch).item() * rows;
        count += rows;
      }

      @Override
      public double value() {
        return total / count;
      }
    };
  }
}
