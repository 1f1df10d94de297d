package dev.autograd.examples.training;

import dev.autograd.Tensor;
import dev.autograd.examples.input.InvalidInputException;
import dev.autograd.examples.table.Problem;
import dev.autograd.examples.table.Target;
import dev.autograd.examples.table.Task;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.data.Standardizer;
import dev.autograd.nn.io.CsvTable;
import dev.autograd.nn.metrics.Accuracy;
import dev.autograd.nn.metrics.Classes;
import dev.autograd.nn.metrics.ConfusionMatrix;
import dev.autograd.nn.metrics.R2;
import dev.autograd.nn.metrics.Rmse;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.train.DivergenceException;
import dev.autograd.nn.train.History;
import dev.autograd.nn.train.Trainer;
import dev.autograd.nn.train.Validation;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A problem and a model that is about to learn it; everything drawn by lot follows from a seed.
 *
 * <pre>{@code
 * Experiment experiment = Experiment.of(table, Task.of("species"), recipe, 1);
 * Outcome outcome = experiment.run(trainer -> trainer.callback(progress));
 * }</pre>
 */
public final class Experiment {

  /** The name of the loss on the rows held out. */
  public static final String HELD_OUT = "held out";

  private final Problem problem;
  private final TableModel model;
  private final Recipe recipe;
  private final Seeds seeds;

  private Experiment(Problem problem, Objective objective, Recipe recipe, Seeds seeds) {
    this.problem = problem;
    this.model = TableModel.of(problem, objective, recipe.hidden(), new Random(seeds.weights()));
    this.recipe = recipe;
    this.seeds = seeds;
  }

  /** Returns an experiment with a network that fits the target. */
  public static Experiment of(CsvTable table, Task task, Recipe recipe, long seed) {
    Seeds seeds = Seeds.of(seed);
    Problem problem = Problem.of(table, task, seeds.split());
    return new Experiment(problem, objective(problem.target()), recipe, seeds);
  }

  /** Returns an experiment with the network of the notes, whose output is a probability. */
  public static Experiment ofNotes(CsvTable table, Task task, Recipe recipe, long seed) {
    Seeds seeds = Seeds.of(seed);
    Problem problem = Problem.of(table, task, seeds.split());
    return new Experiment(problem, Objective.PROBABILITY, recipe, seeds);
  }

  private static Objective objective(Target target) {
    if (target instanceof Target.Classes classes) {
      return classes.labels().size() == 2 ? Objective.LOGIT : Objective.CLASSES;
    }
    return Objective.NUMBER;
  }

  /** Returns what is learned, from what. */
  public Problem problem() {
    return problem;
  }

  /** Returns the model; {@link #run} changes its weights. */
  public TableModel model() {
    return model;
  }

  /** Returns how the model is trained. */
  public Recipe recipe() {
    return recipe;
  }

  /** Returns the mean loss over the first training rows. */
  public Tensor loss(int rows) {
    int[] first = IntStream.range(0, Math.min(rows, problem.training().size())).toArray();
    return model.loss(problem.training().rows(first));
  }

  // ---------------------------------------------------------------- running

  /**
   * Trains the model and returns how well it then answers.
   *
   * @param settings what is set besides, such as a callback or a checkpoint
   * @throws InvalidInputException if the training diverges
   */
  public Outcome run(UnaryOperator<Trainer<Examples>> settings) {
    Trainer<Examples> trainer =
        Trainer.of(
                model,
                Adam.lr(recipe.learningRate())
                    .weightDecay(recipe.weightDecay())
                    .over(model.parameters()),
                (Examples batch) -> model.loss(batch))
            .validate(
                Validation.of(loader(problem.heldOut()))
                    .loss(
                        HELD_OUT,
                        (outputs, batch) -> model.objective().loss(outputs, batch.targets())));
    try {
      History history =
          settings
              .apply(trainer)
              .run(loader(problem.training()).shuffle(seeds.order()), recipe.epochs());
      return new Outcome(history, result());
    } catch (DivergenceException e) {
      throw new InvalidInputException(
          "training: it diverges in epoch " + e.epoch() + "; try a smaller --lr", e);
    }
  }

  private DataLoader<Examples> loader(Examples examples) {
    return DataLoader.of(Dataset.of(examples.inputs(), examples.targets()), recipe.batch());
  }

  // ---------------------------------------------------------------- judging

  /** Returns how well the model answers, on the rows it was trained on and on those held out. */
  private Result result() {
    Tensor training = model.outputs(problem.training().inputs());
    Tensor heldOut = model.outputs(problem.heldOut().inputs());
    if (problem.units().isPresent()) {
      Standardizer units = problem.units().get();
      return new Result.Estimates(
          fit(units, training, problem.training()), fit(units, heldOut, problem.heldOut()));
    }
    return new Result.Decisions(
        Accuracy.of(classes(training), Classes.ofLabels(problem.training().targets())),
        ConfusionMatrix.of(
            model.labels(), classes(heldOut), Classes.ofLabels(problem.heldOut().targets())));
  }

  private int[] classes(Tensor outputs) {
    return model.objective().classes(outputs);
  }

  private static Result.Fit fit(Standardizer units, Tensor outputs, Examples examples) {
    Tensor predicted = units.inverse(outputs);
    Tensor actual = units.inverse(examples.targets());
    return new Result.Fit(
        Rmse.NONE.plus(predicted, actual).value(), R2.NONE.plus(predicted, actual).value());
  }

  /** Returns the network and its loss in words. */
  @Override
  public String toString() {
    return model.description();
  }
}
