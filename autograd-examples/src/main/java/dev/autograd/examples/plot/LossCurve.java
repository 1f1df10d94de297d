package dev.autograd.examples.plot;

import dev.autograd.nn.train.History;
import java.util.stream.IntStream;

/** The losses of a run over its epochs. */
public final class LossCurve {

  private LossCurve() {}

  /** Returns the curve of the training loss. */
  public static LinePlot of(History history) {
    return LinePlot.of("Loss", "epoch", "loss")
        .line("training", epochs(history), history.values("loss"));
  }

  /**
   * Returns the curves of the training loss and of another.
   *
   * @param loss the name of a loss that was measured on other rows
   */
  public static LinePlot of(History history, String loss) {
    return of(history).line(loss, epochs(history), history.values(loss));
  }

  private static double[] epochs(History history) {
    return IntStream.rangeClosed(1, history.epochs().size()).asDoubleStream().toArray();
  }
}
