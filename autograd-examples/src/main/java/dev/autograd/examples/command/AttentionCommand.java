package dev.autograd.examples.command;

import dev.autograd.Autograd;
import dev.autograd.Tensor;
import dev.autograd.array.DType;
import dev.autograd.examples.plot.LossCurve;
import dev.autograd.examples.sorting.Sorting;
import dev.autograd.nn.Mode;
import dev.autograd.nn.Sequential;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Dataset;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Schedule;
import dev.autograd.nn.train.History;
import dev.autograd.nn.train.Trainer;
import dev.autograd.nn.train.Validation;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Teaches a small transformer to sort digits. */
@Command(
    name = "attention",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Teaches a small transformer to sort digits.")
final class AttentionCommand implements Callable<Integer> {

  private static final int LEARNT = 4096;
  private static final int HELD_OUT = 500;
  private static final int BATCH = 64;
  private static final double RATE = 3e-3;
  private static final int WARM_UP = 50;
  private static final int SHOWN = 3;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private PlotOption plot = new PlotOption();

  @Option(
      names = "--length",
      paramLabel = "N",
      converter = PositiveInteger.Width.class,
      description = "How many digits a sequence has (default: ${DEFAULT-VALUE}).")
  private int length = 8;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "How often every sequence is seen (default: ${DEFAULT-VALUE}).")
  private int epochs = 8;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RandomGenerator random = new SplittableRandom(seed.value());
    Dataset<Examples> learnt = Sorting.examples(LEARNT, length, random);
    Dataset<Examples> heldOut = Sorting.examples(HELD_OUT, length, random);
    Sequential model = Sorting.network(random);

    out.printf(
        Locale.ROOT,
        "Sorting %d digits: %,d sequences to learn from, two transformer blocks, %,d weights%n",
        length,
        LEARNT,
        model.parameters().count());
    History history = train(model, learnt, heldOut);
    judge(model, heldOut.rows(IntStream.range(0, HELD_OUT).toArray()));
    plot.write(out, () -> LossCurve.of(history, "held out"));
    return 0;
  }

  private History train(Sequential model, Dataset<Examples> learnt, Dataset<Examples> heldOut) {
    DataLoader<Examples> batches = DataLoader.of(learnt, BATCH).shuffle(seed.value());
    long steps = (long) epochs * batches.batches();
    return Trainer.of(
            model,
            Adam.lr(Schedule.cosine(RATE, steps).warmup(WARM_UP)).over(model.parameters()),
            (Examples batch) ->
                Sorting.loss(model.forward(batch.inputs(), Mode.TRAINING), batch.targets()))
        .validate(
            Validation.of(DataLoader.of(heldOut, HELD_OUT))
                .loss("held out", (logits, batch) -> Sorting.loss(logits, batch.targets())))
        .callback(ProgressLines.to(spec.commandLine().getOut()))
        .run(batches, epochs);
  }

  private void judge(Sequential model, Examples heldOut) {
    PrintWriter out = spec.commandLine().getOut();
    Tensor logits = Autograd.noGrad(() -> model.forward(heldOut.inputs()));
    Tensor right = Sorting.right(logits, heldOut.targets()).to(DType.F64);
    out.println();
    out.printf(
        Locale.ROOT,
        "Right of %d held-out sequences: %.1f %% of the places, %.1f %% of the sequences%n%n",
        HELD_OUT,
        100 * right.mean().item(),
        100 * right.min(1).mean().item());
    for (int i = 0; i < SHOWN; i++) {
      out.println(
          "  " + digits(heldOut.inputs(), i) + "  is sorted to  " + digits(logits.argMax(2), i));
    }
  }

  private static String digits(Tensor sequences, int row) {
    return Arrays.stream(sequences.select(0, row).to(DType.I64).toLongArray())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(" "));
  }
}
