package dev.autograd.examples.command;

import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.examples.plot.LinePlot;
import dev.autograd.examples.points.Forecast;
import dev.autograd.examples.points.NoisySine;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Schedule;
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

/** Learns a curve from noisy measurements, and how noisy they are at each place. */
@Command(
    name = "regression",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Learns a curve from noisy measurements, and how noisy they are where.")
final class RegressionCommand implements Callable<Integer> {

  private static final int MEASUREMENTS = 400;
  private static final int BATCH = 50;
  private static final double RATE = 0.01;
  private static final int CURVE = 121;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private PlotOption plot = new PlotOption();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "How often every measurement is seen (default: ${DEFAULT-VALUE}).")
  private int epochs = 200;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RandomGenerator random = new SplittableRandom(seed.value());
    NoisySine learnt = NoisySine.measure(MEASUREMENTS, random);
    NoisySine heldOut = NoisySine.measure(MEASUREMENTS, random);
    Sequential model = Forecast.network(random);
    DataLoader<Examples> batches =
        DataLoader.of(Dataset.of(learnt.x(), learnt.y()), BATCH).shuffle(seed.value());

    out.println("y = sin(2x), measured with errors that grow from left to right");
    Trainer.of(
            model,
            Adam.lr(Schedule.cosine(RATE, (long) epochs * batches.batches()))
                .over(model.parameters()),
            (Examples batch) ->
                Forecast.of(model.forward(batch.inputs(), Mode.TRAINING)).loss(batch.targets()))
        .callback(ProgressLines.to(out))
        .run(batches, epochs);

    judge(model, heldOut);
    plot.write(out, () -> picture(model, learnt));
    return 0;
  }

  private void judge(Sequential model, NoisySine heldOut) {
    PrintWriter out = spec.commandLine().getOut();
    Forecast forecast = Forecast.of(model.forward(heldOut.x()));
    Tensor misses = forecast.mean().sub(heldOut.y()).abs();
    out.println();
    out.printf(
        Locale.ROOT,
        "Root of the mean squared error, held out: %.3f (of the sine itself: %.3f)%n",
        rootMeanSquare(misses),
        rootMeanSquare(NoisySine.mean(heldOut.x()).sub(heldOut.y())));
    out.printf(
        Locale.ROOT,
        "Held-out measurements within 1 and 2 deviations: %.1f %%, %.1f %% (right: 68.3 %%, 95.4"
            + " %%)%n",
        100 * share(misses.le(forecast.deviation())),
        100 * share(misses.le(forecast.deviation().mul(2))));
    out.println("Deviation of the errors:");
    out.println("   x   learned   true");
    for (double x : new double[] {-2, 0, 2}) {
      Tensor place = Tensor.of(new double[][] {{x}});
      out.printf(
          Locale.ROOT,
          "%4.0f     %.3f  %.3f%n",
          x,
          Forecast.of(model.forward(place)).deviation().item(),
          NoisySine.noise(place).item());
    }
  }

  private static double rootMeanSquare(Tensor errors) {
    return Math.sqrt(errors.square().mean().item());
  }

  private static double share(Tensor mask) {
    return mask.to(DType.F64).mean().item();
  }

  private static LinePlot picture(Sequential model, NoisySine learnt) {
    Tensor x = Tensor.linspace(DType.F64, -NoisySine.END, NoisySine.END, CURVE).unsqueeze(1);
    Forecast forecast = Forecast.of(model.forward(x));
    double[] places = x.toDoubleArray();
    Tensor band = forecast.deviation().mul(2);
    return LinePlot.of("A curve and its noise", "x", "y")
        .points("measured", learnt.x().toDoubleArray(), learnt.y().toDoubleArray())
        .line("sin(2x)", places, NoisySine.mean(x).toDoubleArray())
        .line("learned", places, forecast.mean().toDoubleArray())
        .dashes("2 deviations above", places, forecast.mean().add(band).toDoubleArray())
        .colouredAs(2)
        .dashes("and below", places, forecast.mean().sub(band).toDoubleArray())
        .colouredAs(2);
  }
}
