package dev.autograd.nn.train;

import dev.autograd.Tensor;
import dev.autograd.nn.io.FormatException;
import dev.autograd.nn.io.Safetensors;
import dev.autograd.nn.io.Uninterrupted;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A checkpoint as a safetensors file: tensors and texts by name, with a checksum.
 *
 * @param tensors numbers, each with its bits
 * @param texts everything else
 */
record CheckpointFile(Map<String, Tensor> tensors, Map<String, String> texts) {

  /** The text that says that a file is a checkpoint, and of which form. */
  private static final String FORM = "autograd.checkpoint";

  private static final String CURRENT = "1";

  /** Writes the file, whole or not at all. */
  void write(Path file) {
    Map<String, String> all = new LinkedHashMap<>(texts);
    all.put(FORM, CURRENT);
    Safetensors.writeChecked(file, tensors, all);
  }

  /**
   * Returns what a file holds, also on a thread that is interrupted.
   *
   * @throws FormatException if it is damaged, or no checkpoint of this form
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  static CheckpointFile read(Path file) {
    return Uninterrupted.call(() -> readOnce(file));
  }

  private static CheckpointFile readOnce(Path file) {
    try (Safetensors opened = Safetensors.open(file)) {
      String form = opened.metadata().getOrDefault(FORM, "");
      if (!form.equals(CURRENT)) {
        throw new FormatException(
            file.toString(),
            form.isEmpty()
                ? "is no checkpoint; read weights with Weights.load, models with ModelFile.load"
                : "is a checkpoint of form "
                    + FormatException.quote(form)
                    + ", and this version reads form "
                    + CURRENT);
      }
      if (!opened.verify()) {
        throw new FormatException(
            file.toString(), "is a checkpoint without its checksum; it may be damaged unnoticed");
      }
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      opened.names().forEach(name -> tensors.put(name, opened.tensor(name)));
      return new CheckpointFile(tensors, opened.metadata());
    }
  }
}
