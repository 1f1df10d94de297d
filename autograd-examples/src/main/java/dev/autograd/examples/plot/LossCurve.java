package dev.autograd.examples.plot;

import java.util.List;
import java.util.stream.IntStream;

/** The loss over the epochs or steps of a training. */
public final class LossCurve {

  private LossCurve() {}

  /**
   * Returns the curve of the training loss.
   *
   * @param each what a loss stands for, as in {@code "epoch"}
   * @param training the loss of each, the first one's first
   */
  public static LinePlot of(String each, List<Double> training) {
    return LinePlot.of("Loss", each, "loss").line("training", numbers(training), array(training));
  }

  /** Returns the curves of the losses on the rows trained on, and on others. */
  public static LinePlot of(String each, List<Double> training, List<Double> validation) {
    return of(each, training).line("validation", numbers(validation), array(validation));
  }

  private static double[] numbers(List<Double> values) {
    return IntStream.rangeClosed(1, values.size()).asDoubleStream().toArray();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
