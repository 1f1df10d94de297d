package dev.autograd.nn.train;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how often a run writes its checkpoint: one file, replaced each time, whole or not at
 * all. Immutable. Unless said otherwise, after each epoch; and always when a run ends, also when it
 * is interrupted, but not when it fails.
 *
 * <pre>{@code
 * Checkpoints.in(Path.of("run.safetensors")).everySteps(500).every(Duration.ofMinutes(10));
 * }</pre>
 *
 * @param file where it is written
 * @param steps after so many steps; 0 is never
 * @param epochs after so many epochs; 0 is never
 * @param time after the first step or epoch that ends so long after the one before; zero is never
 */
public record Checkpoints(Path file, long steps, int epochs, Duration time) {

  /**
   * Checks each setting.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Checkpoints {
    if (steps < 0 || epochs < 0 || time.isNegative()) {
      throw new IllegalArgumentException(
          "Checkpoints: every "
              + steps
              + " steps, "
              + epochs
              + " epochs, "
              + time
              + "; none may be negative, and 0 is never");
    }
  }

  /** Returns a checkpoint after each epoch. */
  public static Checkpoints in(Path file) {
    return new Checkpoints(file, 0, 1, Duration.ZERO);
  }

  /** Returns this with one after every so many steps; 0 is never. */
  public Checkpoints everySteps(long number) {
    return new Checkpoints(file, number, epochs, time);
  }

  /** Returns this with one after every so many epochs; 0 is never. */
  public Checkpoints everyEpochs(int number) {
    return new Checkpoints(file, steps, number, time);
  }

  /**
   * Returns this with one when so much time has passed since the last, after the step that is then
   * at work; zero is never. When they are written changes nothing in the run.
   */
  public Checkpoints every(Duration period) {
    return new Checkpoints(file, steps, epochs, period);
  }
}
