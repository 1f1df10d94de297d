package dev.autograd.nn.train;

import dev.autograd.nn.Layer;
import dev.autograd.nn.optim.Optimizer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model and its optimiser in one file, so that training goes on bit for bit as it would have: the
 * parameters, the {@linkplain Layer#buffers() buffers}, and what the optimiser remembers. It is a
 * safetensors file with a checksum.
 *
 * <pre>{@code
 * Checkpoint.save(file, model, adam);
 * ...
 * Checkpoint.load(file, model, adam);      // into a model and an optimiser that were made alike
 * }</pre>
 *
 * <p>A {@link Trainer} with {@link Trainer#checkpoint} writes such files too, with what it
 * remembers of the run besides, and {@link Trainer#resume} goes on from them. Which parameters are
 * frozen, and the settings of the optimiser, are not in the file: they come from your code.
 */
public final class Checkpoint {

  private Checkpoint() {}

  /**
   * Writes a checkpoint, whole or not at all: what was in the file stays until all is written.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void save(Path file, Layer model, Optimizer optimizer) {
    new CheckpointFile(parts(model, optimizer).snapshot(), Map.of()).write(file);
  }

  /**
   * Replaces parameters, buffers and the optimiser's memory by those of a checkpoint, also of one
   * that a trainer wrote. All of them, or none.
   *
   * @throws IllegalArgumentException if it is of another model or optimiser; the message says what
   *     differs
   * @throws dev.autograd.nn.io.FormatException if it is damaged, or no checkpoint
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static void load(Path file, Layer model, Optimizer optimizer) {
    CheckpointFile stored = CheckpointFile.read(file);
    StateParts parts = parts(model, optimizer);
    parts.requireFits(file.toString(), stored.tensors());
    parts.load(stored.tensors());
  }

  private static StateParts parts(Layer model, Optimizer optimizer) {
    return StateParts.ofModel(model).and(optimizer);
  }
}
