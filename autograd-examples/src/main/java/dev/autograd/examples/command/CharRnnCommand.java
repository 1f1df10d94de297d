package dev.autograd.examples.command;

import dev.autograd.examples.plot.LossCurve;
import dev.autograd.examples.text.Alphabet;
import dev.autograd.examples.text.CharacterModel;
import dev.autograd.examples.text.Frequencies;
import dev.autograd.examples.text.TextFile;
import dev.autograd.examples.text.Windows;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.data.Examples;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Schedule;
import dev.autograd.nn.train.History;
import dev.autograd.nn.train.Trainer;
import dev.autograd.nn.train.Validation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Learns to write as a text does. */
@Command(
    name = "char-rnn",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Learns to write as a text of yours does, character by character.")
final class CharRnnCommand implements Callable<Integer> {

  private static final int LENGTH = 50;
  private static final int BATCH = 16;
  private static final double RATE = 0.01;
  private static final double HELD_OUT = 0.1;
  private static final int BEGINNING = 20;
  private static final int SAMPLE = 200;
  private static final double TEMPERATURE = 0.7;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private PlotOption plot = new PlotOption();

  @Parameters(paramLabel = "FILE", description = "Any text, in UTF-8.")
  private Path file = Path.of("");

  @Option(
      names = "--units",
      paramLabel = "N",
      converter = PositiveInteger.Width.class,
      description = "How many numbers the network remembers (default: ${DEFAULT-VALUE}).")
  private int units = 64;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.Count.class,
      description = "How often the text is read (default: ${DEFAULT-VALUE}).")
  private int epochs = 20;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String text = TextFile.read(file, 2 * (int) (LENGTH / HELD_OUT));
    Alphabet alphabet = Alphabet.of(text);
    int[] characters = alphabet.encode(text);
    int border = (int) (characters.length * (1 - HELD_OUT));
    int[] learnt = Arrays.copyOf(characters, border);
    int[] heldOut = Arrays.copyOfRange(characters, border, characters.length);
    CharacterModel model =
        CharacterModel.of(alphabet.size(), units, new SplittableRandom(seed.value()));

    out.printf(
        Locale.ROOT,
        "%,d characters, %d different ones; the last tenth is held out; %,d weights%n",
        characters.length,
        alphabet.size(),
        model.parameters().count());
    History history = train(model, Windows.of(LENGTH, learnt), Windows.of(LENGTH, heldOut));
    out.println();
    out.printf(
        Locale.ROOT,
        "Bits per held-out character: %.2f (by frequencies alone %.2f, without knowledge %.2f)%n%n",
        history.last().value("held out") / Math.log(2),
        Frequencies.of(alphabet.size(), learnt).mean(heldOut),
        Math.log(alphabet.size()) / Math.log(2));
    out.println("It writes, after the first " + BEGINNING + " characters of the held-out part:");
    out.println();
    String beginning = text.substring(border, border + BEGINNING);
    model
        .write(alphabet, beginning, SAMPLE, TEMPERATURE, new SplittableRandom(seed.value()))
        .lines()
        .forEach(line -> out.println("  | " + line));
    plot.write(out, () -> LossCurve.of(history, "held out"));
    return 0;
  }

  private History train(CharacterModel model, Windows learnt, Windows heldOut) {
    DataLoader<Examples> batches = DataLoader.of(learnt, BATCH).shuffle(seed.value());
    return Trainer.of(
            model,
            Adam.lr(Schedule.cosine(RATE, (long) epochs * batches.batches()))
                .over(model.parameters()),
            (Examples batch) -> CharacterModel.loss(model.forward(batch.inputs()), batch.targets()))
        .validate(
            Validation.of(DataLoader.of(heldOut, BATCH))
                .loss("held out", (logits, batch) -> CharacterModel.loss(logits, batch.targets())))
        .callback(ProgressLines.to(spec.commandLine().getOut()))
        .run(batches, epochs);
  }
}
