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
  @Mixin private SeedsOption seeds = new SeedsOption();

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
    if (seeds.isGiven()) {
      seeds.train(out, seedOfRun -> trainQuietly(all, seedOfRun, out));
    } else {
      out.println("Handwritten digits: which digit do 8 x 8 pixels show?");
      out.println();
      Trained trained = train(all, seed.value(), ProgressLines.to(out));
      out.println();
      DigitReport.print(trained.training(), trained.heldOut(), out);
      plot.write(out, () -> trained.heldOut().picture(SHOWN));
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

  private double trainQuietly(Images all, long seedOfRun, PrintWriter out) {
    Reading heldOut = train(all, seedOfRun, new Callback() {}).heldOut();
    double accuracy = heldOut.confusion().accuracy();
    out.printf(Locale.ROOT, "seed %d: held out %.1f %%%n", seedOfRun, 100 * accuracy);
    out.flush();
    return accuracy;
  }
}
