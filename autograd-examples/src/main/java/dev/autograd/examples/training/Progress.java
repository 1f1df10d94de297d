package dev.autograd.examples.training;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a training is: a moving bar on a terminal; elsewhere, where a bar would fill a file with
 * copies of itself, a line for every fifth part.
 */
public abstract class Progress implements AutoCloseable {

  private static final int LINES = 5;

  /** Returns progress on the terminal if there is one, and else in lines. */
  public static Progress of(int epochs, PrintWriter out) {
    return onTerminal() ? bar(epochs, System.out) : lines(epochs, out);
  }

  /** Returns progress that is not shown. */
  public static Progress silent() {
    return new Progress() {
      @Override
      public void epoch(int done, double loss) {}
    };
  }

  /** Returns progress as a moving bar. */
  static Progress bar(int epochs, PrintStream terminal) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(epochs)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(terminal))
            .build();
    return new Progress() {
      @Override
      public void epoch(int done, double loss) {
        bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", loss)).stepTo(done);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  /** Returns progress as a few lines. */
  static Progress lines(int epochs, PrintWriter out) {
    return new Progress() {
      @Override
      public void epoch(int done, double loss) {
        if (done * (long) LINES / epochs > (done - 1) * (long) LINES / epochs) {
          out.printf(Locale.ROOT, "  epoch %d of %d: loss %.4f%n", done, epochs, loss);
          out.flush();
        }
      }
    };
  }

  /**
   * Notes that an epoch is over.
   *
   * @param done the number of epochs so far
   * @param loss the mean loss of this one
   */
  public abstract void epoch(int done, double loss);

  /** Ends the display. */
  @Override
  public void close() {}

  @SuppressWarnings("SystemConsoleNull") // where it is never null, isTerminal asks further
  private static boolean onTerminal() {
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
