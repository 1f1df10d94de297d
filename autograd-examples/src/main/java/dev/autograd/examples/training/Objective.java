package dev.autograd.examples.training;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.nn.metrics.Classes;

/** What a network's outputs mean: the loss they are trained with, and the class they decide for. */
public enum Objective {
  /** One probability per row, of class 1: the end of the notes' network. */
  PROBABILITY("binary cross-entropy") {
    @Override
    Tensor probabilities(Tensor output) {
      return Tensor.concat(1, output.subFrom(1), output);
    }

    @Override
    Tensor loss(Tensor output, Tensor target) {
      return Losses.bce(output, target);
    }

    @Override
    int[] classes(Tensor output) {
      return Classes.ofProbabilities(output);
    }
  },
  /** One logit per row, of class 1: as a probability, but it cannot saturate. */
  LOGIT("binary cross-entropy of logits") {
    @Override
    Tensor probabilities(Tensor output) {
      return PROBABILITY.probabilities(output.sigmoid());
    }

    @Override
    Tensor loss(Tensor output, Tensor target) {
      return Losses.bceWithLogits(output, target);
    }

    @Override
    int[] classes(Tensor output) {
      return Classes.ofLogits(output);
    }
  },
  /** One logit per row and class. */
  CLASSES("softmax cross-entropy") {
    @Override
    Tensor probabilities(Tensor output) {
      return output.softmax(1);
    }

    @Override
    Tensor loss(Tensor output, Tensor target) {
      return Losses.crossEntropy(output, target);
    }

    @Override
    int[] classes(Tensor output) {
      return Classes.ofScores(output);
    }
  },
  /** One number per row. */
  NUMBER("mean squared error") {
    @Override
    Tensor probabilities(Tensor output) {
      throw new IllegalStateException("probabilities: this network predicts numbers");
    }

    @Override
    Tensor loss(Tensor output, Tensor target) {
      return Losses.mse(output, target);
    }

    @Override
    int[] classes(Tensor output) {
      throw new IllegalStateException("classes: this network predicts numbers");
    }
  };

  private final String words;

  Objective(String words) {
    this.words = words;
  }

  /** Returns the mean loss of a batch. */
  abstract Tensor loss(Tensor output, Tensor target);

  /** Returns the probability of each class, {@code [rows, classes]}. */
  abstract Tensor probabilities(Tensor output);

  /** Returns the class that each row of outputs decides for. */
  abstract int[] classes(Tensor output);

  /** Returns the loss in words. */
  @Override
  public String toString() {
    return words;
  }
}
