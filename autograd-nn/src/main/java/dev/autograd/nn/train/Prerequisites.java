package dev.autograd.nn.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a trainer's settings must have in common, found out before the first step. */
final class Prerequisites {

  private Prerequisites() {}

  /**
   * Finds out whether a run could come to its end with these settings.
   *
   * @throws IllegalArgumentException if not; the message says which setting is to be changed
   */
  static void require(Trainer<?> trainer) {
    List<String> values = new ArrayList<>(Epoch.VALUES);
    values.addAll(measures(trainer));
    trainer.earlyStopping().ifPresent(rule -> requireKnown("stopEarly", rule.value(), values));
    trainer.plateaus().forEach(rule -> requireKnown("plateau", rule.value(), values));
    trainer.checkpoints().ifPresent(when -> requireFolder(when.file()));
    if (trainer.resuming() && trainer.checkpoints().isEmpty()) {
      throw new IllegalArgumentException(
          "Trainer: resume() is asked for without a file to go on from; say by checkpoint(…) where"
              + " the run's checkpoints are");
    }
  }

  /**
   * Returns the names of all measures, in order.
   *
   * @throws IllegalArgumentException if two have one name
   */
  static List<String> measures(Trainer<?> trainer) {
    List<String> names = new ArrayList<>();
    for (Validation<?> validation : trainer.validations()) {
      for (String name : validation.names()) {
        if (names.contains(name)) {
          throw new IllegalArgumentException(
              "Trainer: two validations have a measure \"" + name + "\"; give one another name");
        }
        names.add(name);
      }
    }
    return names;
  }

  private static void requireKnown(String setting, String value, List<String> values) {
    if (!values.contains(value)) {
      throw new IllegalArgumentException(
          "Trainer: "
              + setting
              + ": there is no value \""
              + value
              + "\" of an epoch; there are "
              + values
              + "; take one of these, or add a validation that measures it");
    }
  }

  private static void requireFolder(Path checkpoint) {
    Path folder = checkpoint.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "Trainer: the checkpoint is to be "
              + checkpoint
              + ", and there is no directory "
              + folder
              + "; create it first");
    }
  }
}
