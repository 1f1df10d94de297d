package dev.autograd.examples.command;

import dev.autograd.Activation;
import dev.autograd.Losses;
import dev.autograd.examples.plot.DecisionBoundary;
import dev.autograd.examples.points.Spiral;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.metrics.Accuracy;
import dev.autograd.nn.metrics.Classes;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.train.Trainer;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns to tell the arms of a spiral apart: the decision of a network as a picture. */
@Command(
    name = "spiral",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Learns to tell the arms of a spiral apart, and draws what it learned.")
final class SpiralCommand implements Callable<Integer> {

  private static final int ARMS = 3;
  private static final int POINTS_PER_ARM = 150;
  private static final int HIDDEN = 32;
  private static final int BATCH = 32;
  private static final double RATE = 0.01;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private PlotOption plot = new PlotOption();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "How often every point is seen (default: ${DEFAULT-VALUE}).")
  private int epochs = 60;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RandomGenerator random = new SplittableRandom(seed.value());
    Spiral learnt = Spiral.draw(ARMS, POINTS_PER_ARM, random);
    Spiral heldOut = Spiral.draw(ARMS, POINTS_PER_ARM, random);
    Sequential model =
        Sequential.of(
            Dense.of(2, HIDDEN, random).activation(Activation.TANH),
            Dense.of(HIDDEN, HIDDEN, random).activation(Activation.TANH),
            Dense.of(HIDDEN, ARMS, random));

    out.printf("A spiral of %d arms, %d points on each%n", ARMS, POINTS_PER_ARM);
    Trainer.of(
            model,
            Adam.lr(RATE).over(model.parameters()),
            (Examples batch) ->
                Losses.crossEntropy(model.forward(batch.inputs(), Mode.TRAINING), batch.targets()))
        .callback(ProgressLines.to(out))
        .run(
            DataLoader.of(Dataset.of(learnt.points(), learnt.arms()), BATCH).shuffle(seed.value()),
            epochs);

    out.printf(
        Locale.ROOT,
        "Accuracy: training %.1f %%, held out %.1f %%%n",
        100 * accuracy(model, learnt),
        100 * accuracy(model, heldOut));
    plot.write(
        out,
        () ->
            DecisionBoundary.of(
                heldOut.points(), heldOut.arms(), x -> Classes.ofScores(model.forward(x))));
    return 0;
  }

  private static double accuracy(Sequential model, Spiral spiral) {
    return Accuracy.ofScores(model.forward(spiral.points()), spiral.arms());
  }
}
