package dev.autograd.examples.training;

import dev.autograd.Tensor;
import dev.autograd.examples.table.Examples;
import dev.autograd.examples.table.Problem;
import dev.autograd.examples.table.Target;
import dev.autograd.nn.data.Standardizer;
import dev.autograd.nn.metrics.Accuracy;
import dev.autograd.nn.metrics.Classes;
import dev.autograd.nn.metrics.ConfusionMatrix;

/** Compares a model's answers with the truth. */
final class Judge {

  private final Model model;
  private final Problem problem;

  Judge(Model model, Problem problem) {
    this.model = model;
    this.problem = problem;
  }

  /** Returns how well the model answers, on the rows it was trained on and on those held out. */
  Result result() {
    if (problem.target() instanceof Target.Classes classes) {
      return new Result.Decisions(
          Accuracy.of(model.classes(problem.training()), actual(problem.training())),
          ConfusionMatrix.of(
              classes.labels(), model.classes(problem.heldOut()), actual(problem.heldOut())));
    }
    return new Result.Estimates(fit(problem.training()), fit(problem.heldOut()));
  }

  private static int[] actual(Examples examples) {
    return Classes.ofLabels(examples.targets());
  }

  private Result.Fit fit(Examples examples) {
    Standardizer units = problem.units().orElseThrow();
    Tensor actual = units.inverse(examples.targets());
    Tensor predicted = units.inverse(model.outputs(examples));
    double errors = predicted.sub(actual).square().sum().item();
    double deviations = actual.sub(actual.mean()).square().sum().item();
    return new Result.Fit(
        Math.sqrt(errors / actual.size()), deviations == 0 ? Double.NaN : 1 - errors / deviations);
  }
}
