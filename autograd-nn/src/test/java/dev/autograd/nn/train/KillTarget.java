package dev.autograd.nn.train;

import dev.autograd.nn.data.Examples;
import dev.autograd.nn.optim.Adam;
import dev.autograd.nn.optim.Ema;
import dev.autograd.nn.optim.MovingAverage;
import dev.autograd.nn.optim.Optimizer;
import dev.autograd.nn.optim.Plateau;
import dev.autograd.nn.optim.PlateauSchedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A program that trains with everything that has a state, made to be killed: it prints each step,
 * and at the end {@code "end "} and a hash of all bits.
 */
final class KillTarget {

  private KillTarget() {}

  /**
   * Trains.
   *
   * @param arguments the checkpoint, the number of epochs, after how many steps it is written, and,
   *     if each step is to wait for a byte from standard input, {@code "wait"}
   */
  public static void main(String... arguments) {
    Callback steps = Callback.onStep(t -> System.out.println("step " + t.steps()));
    Callback waiting = Callback.onStep(t -> await());
    Checkpoints when =
        Checkpoints.in(Path.of(arguments[0]))
            .everyEpochs(0)
            .everySteps(Long.parseLong(arguments[2]));
    boolean waits = arguments.length > 3;
    Run run = new Run();
    Trainer<Examples> trainer = run.trainer().checkpoint(when).resume().callback(steps);
    String hash = run.hash(waits ? trainer.callback(waiting) : trainer, arguments[1]);
    if (!hash.isEmpty()) {
      System.out.println("end " + hash);
    }
  }

  private static void await() {
    try {
      int unused = System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A run of so many epochs, of five steps each. */
  static final class Run {

    private final Toy toy = new Toy();
    private final PlateauSchedule rate = Plateau.ofLoss().factor(0.7).patience(1).over(0.05);
    private final Optimizer adam = Adam.lr(rate).over(toy.model.parameters()).clipNorm(0.5);
    private final MovingAverage average = Ema.decay(0.9).over(toy.model.parameters());

    Trainer<Examples> trainer() {
      return Trainer.of(toy.model, adam, (Examples b) -> toy.loss(b))
          .validate(Toy.validation())
          .average(average)
          .plateau(rate, "held out")
          .stopEarly(EarlyStopping.on("held out").patience(1000));
    }

    /** Returns a hash of all bits that the run ends with; nothing if it is interrupted. */
    String hash(Trainer<Examples> trainer, String epochs) {
      History history = trainer.run(Toy.loader().prefetch(2), Integer.parseInt(epochs));
      if (history.end() == History.End.INTERRUPTED) {
        return "";
      }
      Map<String, String> bits = Toy.bits(toy.model, adam);
      average.state().forEach((name, value) -> bits.put("average " + name, Toy.bits(value)));
      rate.state().forEach((name, value) -> bits.put("rate " + name, Toy.bits(value)));
      bits.put("history", Toy.bits(history));
      try {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        return HexFormat.of()
            .formatHex(sha.digest(bits.toString().getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
