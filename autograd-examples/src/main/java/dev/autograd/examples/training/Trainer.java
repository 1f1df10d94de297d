package dev.autograd.examples.training;

import dev.autograd.examples.file.InvalidInputException;
import dev.autograd.nn.optim.AdamW;
import dev.autograd.nn.optim.Optimizer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The training loop: mini-batches in an order drawn anew for each epoch, and Adam. */
final class Trainer {

  private final Model model;
  private final Examples examples;
  private final Recipe recipe;
  private final Optimizer optimizer;

  Trainer(Model model, Examples examples, Recipe recipe) {
    this.model = model;
    this.examples = examples;
    this.recipe = recipe;
    this.optimizer =
        AdamW.lr(recipe.learningRate()).weightDecay(recipe.weightDecay()).over(model.parameters());
  }

  /**
   * Trains, and returns the mean loss of the last epoch.
   *
   * @throws InvalidInputException if the loss stops being a finite number
   */
  double train(RandomGenerator random, Progress progress) {
    int[] order = new int[examples.size()];
    Arrays.setAll(order, i -> i);
    double loss = 0;
    for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
      shuffle(order, random);
      loss = epoch(order);
      if (!Double.isFinite(loss)) {
        throw new InvalidInputException(
            "training: the loss is " + loss + " in epoch " + epoch + "; try a smaller --lr");
      }
      progress.epoch(epoch, loss);
    }
    return loss;
  }

  private double epoch(int[] order) {
    double total = 0;
    for (int from = 0; from < order.length; from += recipe.batch()) {
      int to = Math.min(from + recipe.batch(), order.length);
      Examples batch = examples.rows(Arrays.copyOfRange(order, from, to));
      total += optimizer.minimize(() -> model.loss(batch)) * batch.size();
    }
    return total / order.length;
  }

  /** Fisher's and Yates's shuffle. */
  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
