package dev.autograd.examples.training;

import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.examples.table.Examples;
import dev.autograd.nn.data.Batches;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Optimizer;
import java.util.List;

/** The training loop: mini-batches in a new order for each epoch, and a step of Adam for each. */
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
        Adam.lr(recipe.learningRate())
            .weightDecay(recipe.weightDecay())
            .over(model.network().parameters());
  }

  /**
   * Trains for the recipe's epochs.
   *
   * @param seed decides the orders
   * @throws InvalidInputException if the training diverges
   */
  void train(long seed, Progress progress) {
    Batches batches = Batches.of(examples.size(), recipe.batch(), seed);
    for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
      try {
        progress.epoch(epoch, meanLoss(batches.epoch(epoch)));
      } catch (ArithmeticException e) {
        throw new InvalidInputException(
            "training: it diverges in epoch " + epoch + "; try a smaller --lr", e);
      }
    }
  }

  /** Returns the mean loss over an epoch, each batch's taken before its step. */
  private double meanLoss(List<int[]> batches) {
    double total = 0;
    for (int[] rows : batches) {
      Examples batch = examples.rows(rows);
      total += optimizer.minimize(() -> model.loss(batch)) * rows.length;
    }
    return total / examples.size();
  }
}
