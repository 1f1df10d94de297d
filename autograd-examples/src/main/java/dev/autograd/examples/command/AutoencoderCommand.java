package dev.autograd.examples.command;

import dev.autograd.Losses;
import dev.autograd.Tensor;
import dev.autograd.examples.images.Images;
import dev.autograd.examples.images.TiedAutoencoder;
import dev.autograd.examples.plot.ImageGrid;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Split;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Schedule;
import dev.autograd.nn.train.Trainer;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Squeezes images of digits through a few numbers, and redraws them. */
@Command(
    name = "autoencoder",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Squeezes images of digits through a few numbers, and redraws them.")
final class AutoencoderCommand implements Callable<Integer> {

  private static final int BATCH = 64;
  private static final double RATE = 0.01;
  private static final double TEST_FRACTION = 0.2;
  private static final int SHOWN = 10;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private PlotOption plot = new PlotOption();

  @Option(
      names = "--code",
      paramLabel = "N",
      converter = PositiveInteger.Width.class,
      description = "How many numbers an image is squeezed through (default: ${DEFAULT-VALUE}).")
  private int code = 16;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "How often every image is seen (default: ${DEFAULT-VALUE}).")
  private int epochs = 60;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Images all = Images.of(BundledData.table("digits.csv.gz"));
    Split split = all.split(TEST_FRACTION, seed.value());
    Tensor learnt = flat(all.rows(split.train()));
    Images heldOut = all.rows(split.test());
    int pixels = learnt.shape().dim(1);
    TiedAutoencoder model = TiedAutoencoder.of(pixels, code, new SplittableRandom(seed.value()));
    DataLoader<Tensor> batches = DataLoader.of(Dataset.of(learnt), BATCH).shuffle(seed.value());

    out.printf(
        "Images of %d pixels through %d numbers, and back by the same matrix%n", pixels, code);
    Trainer.of(
            model,
            Adam.lr(Schedule.cosine(RATE, (long) epochs * batches.batches()))
                .over(model.parameters()),
            (Tensor images) -> Losses.mse(model.forward(images), images))
        .callback(ProgressLines.to(out))
        .run(batches, epochs);

    Tensor images = flat(heldOut);
    out.printf(
        Locale.ROOT,
        "Mean squared error of held-out pixels: %.4f (always drawing the mean image: %.4f)%n",
        Losses.mse(model.forward(images), images).item(),
        images.sub(learnt.mean(0)).square().mean().item());
    plot.write(out, () -> picture(heldOut, model));
    return 0;
  }

  private static Tensor flat(Images images) {
    return images.pixels().reshape(images.size(), -1);
  }

  private static ImageGrid picture(Images heldOut, TiedAutoencoder model) {
    Images drawn =
        new Images(
            model.forward(flat(heldOut)).reshape(heldOut.pixels().shape()), heldOut.digits());
    ImageGrid grid = ImageGrid.columns(SHOWN);
    for (int i = 0; i < SHOWN; i++) {
      grid = grid.add(heldOut.image(i), "held out");
    }
    for (int i = 0; i < SHOWN; i++) {
      grid = grid.add(drawn.image(i), "redrawn");
    }
    return grid;
  }
}
