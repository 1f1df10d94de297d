package dev.autograd.nn.train;

import dev.autograd.Tensor;
import dev.autograd.nn.metrics.Metric;
import java.util.function.Function;

/** A metric of all outputs and targets. */
record MetricMeasure<B, M extends Metric<M>>(M none, Function<B, Tensor> targets)
    implements Measure<B> {

  @Override
  public Sum<B> begin() {
    return new Sum<>() {

      private M gathered = none;

      @Override
      public void add(Tensor outputs, B batch, int rows) {
        gathered = gathered.plus(outputs, targets.apply(batch));
      }

      @Override
      public double value() {
        return gathered.value();
      }
    };
  }
}
