package dev.autograd.examples.training;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.examples.table.Target;
import java.util.Arrays;

/** What a network's outputs mean: the loss they are trained with, and the class they decide for. */
enum Objective {
  /** One probability per row, of class 1; the end of the notes' network. */
  PROBABILITY("binary cross-entropy") {
    @Override
    Tensor loss(Tensor output, Tensor target) {
      return Losses.bce(output, target);
    }

    @Override
    int[] classes(Tensor output) {
      return above(0.5, output);
    }
  },
  /** One logit per row, of class 1; as a probability, but it cannot saturate. */
  LOGIT("binary cross-entropy of logits") {
    @Override
    Tensor loss(Tensor output, Tensor target) {
      return Losses.bceWithLogits(output, target);
    }

    @Override
    int[] classes(Tensor output) {
      return above(0, output);
    }
  },
  /** One logit per row and class. */
  CLASSES("softmax cross-entropy") {
    @Override
    Tensor loss(Tensor output, Tensor target) {
      return Losses.crossEntropy(output, target);
    }

    @Override
    int[] classes(Tensor output) {
      return Arrays.stream(output.argMax(1).toLongArray()).mapToInt(Math::toIntExact).toArray();
    }
  },
  /** One number per row. */
  NUMBER("mean squared error") {
    @Override
    Tensor loss(Tensor output, Tensor target) {
      return Losses.mse(output, target);
    }

    @Override
    int[] classes(Tensor output) {
      throw new IllegalStateException("classes: this network predicts numbers");
    }
  };

  private final String loss;

  Objective(String loss) {
    this.loss = loss;
  }

  /** Returns what a target is learned with. */
  static Objective of(Target target) {
    if (target instanceof Target.Classes classes) {
      return classes.labels().size() == 2 ? LOGIT : CLASSES;
    }
    return NUMBER;
  }

  /** Returns the number of outputs that a network for the target has. */
  int outputs(Target target) {
    return this == CLASSES && target instanceof Target.Classes classes
        ? classes.labels().size()
        : 1;
  }

  /** Returns the mean loss of a batch. */
  abstract Tensor loss(Tensor output, Tensor target);

  /** Returns the class that each row of outputs decides for. */
  abstract int[] classes(Tensor output);

  /** Returns the loss in words. */
  @Override
  public String toString() {
    return loss;
  }

  private static int[] above(double threshold, Tensor output) {
    return Arrays.stream(output.toDoubleArray()).mapToInt(p -> p > threshold ? 1 : 0).toArray();
  }
}
