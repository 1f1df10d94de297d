package dev.autograd.examples.images;

import dev.autograd.Autograd;
import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.nn.Layer;
import dev.autograd.nn.Mode;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.metrics.Classes;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Schedule;
import dev.autograd.nn.train.Callback;
import dev.autograd.nn.train.History;
import dev.autograd.nn.train.Trainer;
import java.util.stream.IntStream;

/**
 * Training a network to read digits, and reading with it.
 *
 * @param network {@code [n, 1, height, width] -> [n, 10]}
 */
public record DigitReader(Layer network) {

  private static final int BATCH = 32;
  private static final int BATCH_TO_READ = 500;
  private static final double RATE = 4e-3;
  private static final double WEIGHT_DECAY = 1e-4;

  /**
   * Trains the network by Adam, whose steps become smaller along half a cosine.
   *
   * @param seed decides the order of the images
   */
  public History train(Images images, int epochs, long seed, Callback progress) {
    DataLoader<Examples> batches = DataLoader.of(images.examples(), BATCH).shuffle(seed);
    Optimizer adam =
        Adam.lr(Schedule.cosine(RATE, (long) epochs * batches.batches()))
            .weightDecay(WEIGHT_DECAY)
            .over(network.parameters());
    return Trainer.of(
            network,
            adam,
            (Examples batch) ->
                Losses.crossEntropy(
                    network.forward(batch.inputs(), Mode.TRAINING), batch.targets()))
        .callback(progress)
        .run(batches, epochs);
  }

  /** Returns the digit that the network reads in each image. */
  public int[] read(Images images) {
    return IntStream.range(0, (images.size() - 1) / BATCH_TO_READ + 1)
        .flatMap(i -> IntStream.of(read(images, i * BATCH_TO_READ)))
        .toArray();
  }

  /** Many images at once would need much memory. */
  private int[] read(Images images, int from) {
    int to = Math.min(images.size(), from + BATCH_TO_READ);
    Tensor some = images.pixels().slice(0, from, to);
    return Autograd.noGrad(() -> Classes.ofScores(network.forward(some)));
  }
}
