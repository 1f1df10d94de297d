package dev.autograd.examples.command;

import dev.autograd.Activation;
import dev.autograd.array.DType;
import dev.autograd.examples.images.ConvolutionalNetwork;
import dev.autograd.examples.images.DigitReader;
import dev.autograd.examples.images.Images;
import dev.autograd.examples.images.Mnist;
import dev.autograd.examples.images.Reading;
import dev.autograd.nn.Dense;
import dev.autograd.nn.Flatten;
import dev.autograd.nn.Sequential;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Learns to read the digits of MNIST, from files that the user has. */
@Command(
    name = "mnist",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Learns to read the digits of MNIST, or of any data set in its files.")
final class MnistCommand implements Callable<Integer> {

  private static final int DIGITS = 10;
  private static final int HIDDEN = 128;
  private static final int CHANNELS = 8;
  private static final int SHOWN = 30;

  /** The kinds of networks. */
  private enum Kind {
    DENSE,
    CONV
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private PlotOption plot = new PlotOption();

  @Parameters(
      paramLabel = "DIR",
      description = "The folder of the four files, such as train-images-idx3-ubyte.gz.")
  private Path folder = Path.of("");

  @Option(
      names = "--network",
      paramLabel = "dense|conv",
      description = "The kind of network; conv is slower and better (default: dense).")
  private Kind kind = Kind.DENSE;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "How often every image is seen (default: ${DEFAULT-VALUE}).")
  private int epochs = 3;

  @Option(
      names = "--images",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "Learn from the first N images only.")
  private int images = 1_000_000;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Mnist data = Mnist.read(folder, images);
    int side = data.training().pixels().shape().dim(2);
    Sequential network = network(side, new SplittableRandom(seed.value()));
    out.printf(
        Locale.ROOT,
        "%,d images of %d x %d pixels to learn from, %,d to judge by; %,d weights%n",
        data.training().size(),
        side,
        side,
        data.test().size(),
        network.parameters().count());
    DigitReader reader = new DigitReader(network);
    reader.train(data.training(), epochs, seed.value(), ProgressLines.to(out));
    out.println();
    Reading test = reading(reader, data.test());
    DigitReport.print(reading(reader, data.training()), test, out);
    plot.write(out, () -> test.picture(SHOWN));
    return 0;
  }

  private Sequential network(int side, RandomGenerator random) {
    return kind == Kind.CONV
        ? ConvolutionalNetwork.of(side, CHANNELS, random)
        : Sequential.of(
            Flatten.of(),
            Dense.of(DType.F32, side * side, HIDDEN, random).activation(Activation.RELU),
            Dense.of(DType.F32, HIDDEN, DIGITS, random));
  }

  private static Reading reading(DigitReader reader, Images images) {
    return new Reading(images, reader.read(images));
  }
}
