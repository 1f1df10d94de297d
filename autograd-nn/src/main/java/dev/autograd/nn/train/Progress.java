package dev.autograd.nn.train;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Shows how far a run is: as a moving bar on a terminal, and elsewhere, where a bar would fill a
 * file with copies of itself, as a line for every fifth part of the epochs.
 *
 * <pre>{@code
 * trainer.callback(Progress.of(System.out::println))
 * }</pre>
 *
 * <p>The bar is that of the library {@code me.tongfei:progressbar}, which is optional: without it
 * there are lines on a terminal too.
 */
public final class Progress {

  private static final int LINES = 5;
  private static final String LIBRARY = "me.tongfei.progressbar.ProgressBar";

  private Progress() {}

  /** Returns a bar on standard output if that is a terminal, and else lines. */
  public static Callback of(Consumer<String> lines) {
    return isOnTerminal() && isThereABar() ? bar(System.out) : lines(lines);
  }

  /**
   * Returns lines, five at most, such as {@code epoch 3 of 10: loss 0.1234, accuracy 0.9700}; the
   * last one is that of the last epoch.
   */
  public static Callback lines(Consumer<String> lines) {
    return Callback.onEpoch(
        training -> {
          long done = training.epoch();
          boolean isLast = training.history().end() != History.End.RUNNING;
          if (isLast || done * LINES / training.epochs() > (done - 1) * LINES / training.epochs()) {
            lines.accept(
                "epoch "
                    + done
                    + " of "
                    + training.epochs()
                    + ": "
                    + describe(training.history().last()));
          }
        });
  }

  /** Returns a bar that moves with each step. */
  public static Callback bar(PrintStream terminal) {
    return new ProgressBarCallback(terminal);
  }

  /** Returns the loss and the measures of an epoch in words. */
  static String describe(Epoch epoch) {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "loss %.4f", epoch.loss()));
    epoch
        .measures()
        .forEach(
            (name, value) -> text.append(String.format(Locale.ROOT, ", %s %.4f", name, value)));
    return text.toString();
  }

  private static boolean isThereABar() {
    try {
      Class.forName(LIBRARY, false, Progress.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @SuppressWarnings("SystemConsoleNull") // where it is never null, isTerminal asks further
  private static boolean isOnTerminal() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /**
   * From JDK 22 on there may be a console without a terminal; it can be asked, but not on JDK 17.
   */
  private static boolean isTerminal(Console console) {
    try {
      Method isTerminal = Console.class.getMethod("isTerminal");
      return (Boolean) isTerminal.invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
