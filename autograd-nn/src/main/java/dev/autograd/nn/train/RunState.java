package dev.autograd.nn.train;

import dev.autograd.Tensor;
import dev.autograd.array.Shape;
import dev.autograd.nn.data.DataLoader;
import dev.autograd.nn.io.FormatException;
import dev.autograd.nn.optim.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything on which the rest of a run depends, to be written to a file and put back. */
final class RunState {

  private static final String POSITION = "run.position";
  private static final String HISTORY = "run.history";
  private static final String RATE = "run.lr";
  private static final String REASON = "run.reason";
  private static final String SETTINGS = "run.settings.";
  private static final Set<String> OWN = Set.of(POSITION, HISTORY, RATE);
  private static final int COLUMNS = Epoch.COLUMNS.size();

  private final StateParts parts;
  private final Optimizer optimizer;
  private final CallbackStates callbacks;
  private final List<String> measures;
  private final Map<String, String> settings;

  private RunState(
      StateParts parts,
      Optimizer optimizer,
      CallbackStates callbacks,
      List<String> measures,
      Map<String, String> settings) {
    this.parts = parts;
    this.optimizer = optimizer;
    this.callbacks = callbacks;
    this.measures = measures;
    this.settings = settings;
  }

  /**
   * How far a run is.
   *
   * @param position where it is
   * @param epochs those that are over
   * @param reason why it was stopped; empty if it was not
   */
  record Progress(Position position, List<Epoch> epochs, String reason) {}

  /**
   * Returns the state of a run.
   *
   * @throws IllegalArgumentException if names do not tell callbacks or measures apart
   */
  static RunState of(Trainer<?> trainer, DataLoader<?> data, List<Callback> callbacks) {
    StateParts parts =
        StateParts.ofModel(trainer.model()).and(trainer.optimizer()).and(trainer.average());
    for (int i = 0; i < trainer.plateaus().size(); i++) {
      PlateauRule rule = trainer.plateaus().get(i);
      parts = parts.and("plateau" + i, rule.schedule()::state, rule.schedule()::load);
    }
    List<String> measures = Prerequisites.measures(trainer);
    Map<String, String> settings = new TreeMap<>();
    settings.put("the loader", data.toString());
    settings.put("shards", String.valueOf(trainer.shards()));
    settings.put("accumulated batches", String.valueOf(trainer.accumulated()));
    settings.put("measures", String.join("\n", measures));
    return new RunState(
        parts, trainer.optimizer(), CallbackStates.of(callbacks), measures, settings);
  }

  // ---------------------------------------------------------------- writing

  void save(Path file, Progress progress) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(parts.snapshot());
    tensors.putAll(callbacks.snapshot());
    Position at = progress.position();
    tensors.put(
        POSITION,
        Tensor.of(
            (double) at.epoch(),
            at.batch(),
            (double) at.steps(),
            (double) at.rows(),
            at.losses(),
            at.seconds()));
    tensors.put(RATE, Tensor.scalar(optimizer.lr()));
    if (!progress.epochs().isEmpty()) {
      tensors.put(HISTORY, table(progress.epochs()));
    }
    Map<String, String> texts = new LinkedHashMap<>();
    settings.forEach((name, value) -> texts.put(SETTINGS + name, value));
    texts.put(REASON, progress.reason());
    new CheckpointFile(tensors, texts).write(file);
  }

  private Tensor table(List<Epoch> epochs) {
    int width = COLUMNS + measures.size();
    double[] numbers = new double[epochs.size() * width];
    int i = 0;
    for (Epoch epoch : epochs) {
      numbers[i++] = epoch.number();
      numbers[i++] = epoch.steps();
      numbers[i++] = epoch.loss();
      numbers[i++] = epoch.lr();
      numbers[i++] = epoch.seconds();
      for (String measure : measures) {
        numbers[i++] = epoch.value(measure);
      }
    }
    return Tensor.wrap(Shape.of(epochs.size(), width), numbers);
  }

  // ---------------------------------------------------------------- reading

  /**
   * Puts everything back to where a file was written, or changes nothing.
   *
   * @throws IllegalArgumentException if it is of another model, optimiser or of other settings
   * @throws FormatException if it is damaged, or no checkpoint of a run
   */
  Progress restore(Path file) {
    CheckpointFile stored = CheckpointFile.read(file);
    Progress progress = progress(file, stored);
    requireSettings(file, stored);
    parts.requireFits(file.toString(), stored.tensors());
    requireNothingElse(file, stored);
    Map<String, Tensor> before = parts.snapshot();
    try {
      parts.load(stored.tensors());
      requireRate(file, stored);
      loadCallbacks(file, stored);
    } catch (RuntimeException e) {
      parts.load(before);
      throw e;
    }
    return progress;
  }

  private Progress progress(Path file, CheckpointFile stored) {
    if (!stored.tensors().containsKey(POSITION)) {
      throw new FormatException(
          file.toString(),
          "holds a model and an optimiser, and no run that could go on; take them with"
              + " Checkpoint.load, and choose another file for the run");
    }
    double[] at = numbers(file, stored, POSITION, 6);
    Position position =
        new Position((int) at[0], (int) at[1], (long) at[2], (long) at[3], at[4], at[5]);
    List<Epoch> epochs = new ArrayList<>();
    if (stored.tensors().containsKey(HISTORY)) {
      String names = stored.texts().getOrDefault(SETTINGS + "measures", "");
      List<String> columns = names.lines().toList();
      double[] table =
          numbers(file, stored, HISTORY, (position.epoch() - 1) * (COLUMNS + columns.size()));
      for (int i = 0; i < table.length; i += COLUMNS + columns.size()) {
        epochs.add(epoch(table, i, columns));
      }
    }
    return new Progress(position, epochs, stored.texts().getOrDefault(REASON, ""));
  }

  private static Epoch epoch(double[] table, int at, List<String> measures) {
    Map<String, Double> measured = new LinkedHashMap<>();
    for (int i = 0; i < measures.size(); i++) {
      measured.put(measures.get(i), table[at + COLUMNS + i]);
    }
    return new Epoch(
        (int) table[at],
        (long) table[at + 1],
        table[at + 2],
        measured,
        table[at + 3],
        table[at + 4]);
  }

  private static double[] numbers(Path file, CheckpointFile stored, String name, int count) {
    Tensor tensor = stored.tensors().get(name);
    if (tensor == null || !tensor.dtype().isFloating() || tensor.size() != count) {
      throw new FormatException(
          file.toString(), "\"" + name + "\" should have " + count + " numbers, and has not");
    }
    return tensor.toDoubleArray();
  }

  private void requireSettings(Path file, CheckpointFile stored) {
    settings.forEach(
        (name, here) -> {
          String there = stored.texts().getOrDefault(SETTINGS + name, "");
          if (!there.equals(here)) {
            throw refusal(
                file,
                (name + " is \"" + here + "\" here and \"" + there + "\" in the file")
                    .replace('\n', ','));
          }
        });
  }

  private void requireRate(Path file, CheckpointFile stored) {
    double there = numbers(file, stored, RATE, 1)[0];
    double here = optimizer.lr();
    if (Double.doubleToLongBits(here) != Double.doubleToLongBits(there)) {
      throw refusal(
          file,
          "the learning rate of the next step is " + here + " here and " + there + " in the file");
    }
  }

  private void loadCallbacks(Path file, CheckpointFile stored) {
    try {
      callbacks.load(stored.tensors());
    } catch (IllegalArgumentException e) {
      throw refusal(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** What is left out would be gone with the next checkpoint. */
  private void requireNothingElse(Path file, CheckpointFile stored) {
    List<String> others =
        stored.tensors().keySet().stream()
            .filter(name -> !OWN.contains(name) && !name.startsWith(CallbackStates.PREFIX))
            .filter(name -> !parts.contain(name))
            .toList();
    if (!others.isEmpty()) {
      throw refusal(
          file,
          "the file has \""
              + others.get(0)
              + "\""
              + (others.size() == 1 ? "" : " and " + (others.size() - 1) + " more")
              + ", for which there is nothing here");
    }
  }

  private static IllegalArgumentException refusal(Path file, String difference) {
    return refusal(file, difference, null);
  }

  private static IllegalArgumentException refusal(
      Path file, String difference, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        file
            + ": is of a run with other settings: "
            + difference
            + "; nothing was changed. Use the same settings, or begin again with Checkpoint.load",
        cause);
  }
}
