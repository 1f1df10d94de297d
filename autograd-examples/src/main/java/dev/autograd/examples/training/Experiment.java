package dev.autograd.examples.training;

import dev.autograd.Tensor;
import dev.autograd.examples.table.Problem;
import dev.autograd.examples.table.Target;
import dev.autograd.examples.table.Task;
import dev.autograd.nn.Parameters;
import dev.autograd.nn.io.CsvTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A problem and a network that is about to learn it; everything drawn by lot follows from a seed.
 */
public final class Experiment {

  private final Problem problem;
  private final Model model;
  private final Recipe recipe;
  private final Seeds seeds;

  private Experiment(Problem problem, Objective objective, Recipe recipe, Seeds seeds) {
    List<Integer> widths = new ArrayList<>(List.of(problem.features().width()));
    widths.addAll(recipe.hidden());
    widths.add(outputs(objective, problem.target()));
    this.problem = problem;
    this.model = Model.of(widths, objective, new Random(seeds.weights()));
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

  private static int outputs(Objective objective, Target target) {
    return objective == Objective.CLASSES && target instanceof Target.Classes classes
        ? classes.labels().size()
        : 1;
  }

  /** Returns what is learned, from what. */
  public Problem problem() {
    return problem;
  }

  /** Returns the weights. */
  public Parameters parameters() {
    return model.network().parameters();
  }

  /** Returns the mean loss over the first training rows. */
  public Tensor loss(int rows) {
    return model.loss(problem.training().first(rows));
  }

  /** Trains the network and returns how well it then answers. */
  public Result run(Progress progress) {
    try (progress) {
      new Trainer(model, problem.training(), recipe).train(seeds.order(), progress);
    }
    return new Judge(model, problem).result();
  }

  /** Returns the network and its loss in words. */
  @Override
  public String toString() {
    return model.description();
  }
}
