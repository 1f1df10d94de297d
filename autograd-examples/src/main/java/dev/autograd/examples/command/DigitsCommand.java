package dev.autograd.examples.command;

import dev.autograd.examples.images.ConvolutionalNetwork;
import dev.autograd.examples.images.DigitReader;
import dev.autograd.examples.images.Images;
import dev.autograd.examples.images.Reading;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.data.Split;
import dev.autograd.nn.train.Callback;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns to read handwritten digits. */
@Command(
    name = "digits",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Learns to read handwritten digits, images of 8 x 8 pixels.")
final class DigitsCommand implements Callable<Integer> {

  private static final int SIDE = 8;
  private static final int CHANNELS = 16;
  private static final double TEST_FRACTION = 0.2;
  private static final int SHOWN = 30;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private PlotOption plot = new PlotOption();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "Train with each of the seeds 1 to N and print the mean accuracy instead.")
  private @Nullable Integer seeds;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "How often every image is seen (default: ${DEFAULT-VALUE}).")
  private int epochs = 30;

  /** A trained network's answers. */
  private record Trained(Reading training, Reading heldOut) {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Images all = Images.of(BundledData.table("digits.csv.gz"));
    if (seeds == null) {
      out.println("Handwritten digits: which digit do 8 x 8 pixels show?");
      out.println();
      Trained trained = train(all, seed.value(), ProgressLines.to(out));
      out.println();
      DigitReport.print(trained.training(), trained.heldOut(), out);
      plot.write(out, () -> trained.heldOut().picture(SHOWN));
    } else {
      runWithSeeds(all, seeds);
    }
    return 0;
  }

  private Trained train(Images all, long seedOfRun, Callback progress) {
    Split split = all.split(TEST_FRACTION, seedOfRun);
    Images learnt = all.rows(split.train());
    Images heldOut = all.rows(split.test());
    Sequential network = ConvolutionalNetwork.of(SIDE, CHANNELS, new SplittableRandom(seedOfRun));
    DigitReader reader = new DigitReader(network);
    reader.train(learnt, epochs, seedOfRun, progress);
    return new Trained(
        new Reading(learnt, reader.read(learnt)), new Reading(heldOut, reader.read(heldOut)));
  }

  private void runWithSeeds(Images all, int count) {
    PrintWriter out = spec.commandLine().getOut();
    double[] accuracies = new double[count];
    for (int i = 0; i < count; i++) {
      Reading heldOut = train(all, i + 1L, new Callback() {}).heldOut();
      accuracies[i] = heldOut.confusion().accuracy();
      out.printf(Locale.ROOT, "seed %d: held out %.1f %%%n", i + 1, 100 * accuracies[i]);
      out.flush();
    }
    out.printf(
        Locale.ROOT,
        "mean of %d seeds: held out %.2f %%, lowest %.1f %%%n",
        count,
        100 * DoubleStream.of(accuracies).average().orElseThrow(),
        100 * DoubleStream.of(accuracies).min().orElseThrow());
  }
}
