package dev.autograd.nn.optim;

import dev.autograd.Parameter;
import dev.autograd.Tensor;
import dev.autograd.nn.Parameters;
import java.util.Map;

/**
 * A learning rate that is lowered when a measurement no longer improves; see {@link Plateau}. It
 * changes in {@link #observe} only, belongs to one thread at a time, and its {@link #state()} is to
 * be saved beside that of the optimiser.
 */
public final class PlateauSchedule implements Schedule {

  private final Plateau settings;
  private final Schedule base;
  private final Parameter scale = counter("scale", 1);
  private final Parameter best;
  private final Parameter others = counter("others", 0);
  private final Parameter cooldown = counter("cooldown", 0);
  private final Parameters state;

  PlateauSchedule(Plateau settings, Schedule base) {
    this.settings = settings;
    this.base = base;
    best = counter("best", settings.rising() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    state = Parameters.of(scale, best, others, cooldown);
  }

  private static Parameter counter(String name, double start) {
    return Parameter.of(name, Tensor.scalar(start));
  }

  /**
   * Returns whether this measurement lowered the rate, which holds from the next step on.
   *
   * @throws IllegalArgumentException if the measurement is NaN; nothing has changed
   */
  public boolean observe(double measurement) {
    if (Double.isNaN(measurement)) {
      throw new IllegalArgumentException(
          "observe: the measurement is NaN; look for what diverged, a smaller rate will not help");
    }
    boolean improved = isBetter(measurement);
    boolean resting = cooldown.item() > 0;
    double count = improved || resting ? 0 : others.item() + 1;
    boolean reduces = count > settings.patience();
    if (improved) {
      set(best, measurement);
    }
    if (reduces) {
      set(scale, scale.item() * settings.factor());
      set(cooldown, settings.cooldown());
    } else if (resting) {
      set(cooldown, cooldown.item() - 1);
    }
    set(others, reduces ? 0 : count);
    return reduces;
  }

  private boolean isBetter(double measurement) {
    double record = best.item();
    // Also against the infinity at the beginning, from which no threshold can be taken off.
    double margin = Double.isInfinite(record) ? 0 : settings.threshold() * Math.abs(record);
    return settings.rising() ? measurement > record + margin : measurement < record - margin;
  }

  private static void set(Parameter counter, double value) {
    counter.assign(Tensor.scalar(value));
  }

  /** Returns the rate of the other schedule, times all reductions so far. */
  @Override
  public double at(long step) {
    double rate = base.at(step);
    return Math.max(rate * scale.item(), Math.min(rate, settings.lowest()));
  }

  /**
   * Returns a copy of what is remembered: {@code scale} (the product of the reductions), {@code
   * best}, {@code others} (measurements in a row without improvement) and {@code cooldown} (those
   * that will not be counted).
   */
  public Map<String, Tensor> state() {
    return state.snapshot();
  }

  /**
   * Replaces what is remembered by copies. A state that does not fit changes nothing.
   *
   * @throws IllegalArgumentException if a name is missing, or there is one too many
   * @throws dev.autograd.ShapeException if a value is not one number
   * @throws dev.autograd.DTypeException if one is not F64
   */
  public void load(Map<String, Tensor> values) {
    state.load(values);
  }
}
