package dev.autograd.nn.train;

import dev.autograd.nn.io.FormatException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run was: its epochs, and how it ended.
 *
 * <pre>{@code
 * History history = trainer.run(loader, 20);
 * history.last().value("accuracy");
 * history.toCsv(Path.of("history.csv"));
 * }</pre>
 *
 * @param epochs one per epoch that is over, also of those before a run was resumed
 * @param end how the run ended
 * @param reason a part of a sentence, such as {@code "\"loss\" has not improved for 5 epochs"};
 *     empty if the run had all its epochs
 */
public record History(List<Epoch> epochs, End end, String reason) {

  /** How a run ends. */
  public enum End {
    /** It goes on; so a callback sees it. */
    RUNNING,
    /** It had all its epochs. */
    COMPLETED,
    /** A callback asked it to stop. */
    STOPPED,
    /** The thread was interrupted, or the virtual machine is shutting down. */
    INTERRUPTED
  }

  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * Returns the last epoch.
   *
   * @throws IllegalStateException if there is none
   */
  public Epoch last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException("history: no epoch is over yet");
    }
    return epochs.get(epochs.size() - 1);
  }

  /**
   * Returns the values of all epochs by name, in order; see {@link Epoch#value}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double[] values(String name) {
    return epochs.stream().mapToDouble(epoch -> epoch.value(name)).toArray();
  }

  /**
   * Writes the epochs as a table: {@code epoch}, {@code steps}, {@code loss}, the measures, {@code
   * lr} and {@code seconds}, one line per epoch, each number so that it is read back with the same
   * bits. Whole or not at all.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public void toCsv(Path file) {
    HistoryFiles.writeCsv(file, this);
  }

  /**
   * Writes the history as a JSON object of {@code end}, {@code reason} and {@code epochs}. Numbers
   * that JSON has not are texts, such as {@code "NaN"}. Whole or not at all.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public void toJson(Path file) {
    HistoryFiles.writeJson(file, this);
  }

  /**
   * Returns the history that {@link #toJson} wrote.
   *
   * @throws FormatException if it is none
   * @throws UncheckedIOException if the file cannot be read
   */
  public static History fromJson(Path file) {
    return HistoryFiles.readJson(file);
  }
}
