package dev.autograd.nn;

import dev.autograd.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A training pass over a batch that is cut into shards, which any threads may run in any order:
 * what layers draw and remember depends on the shards alone. Nothing is remembered before {@link
 * #commit}, so that a pass that fails has changed nothing, and can be repeated.
 *
 * <pre>{@code
 * TrainingPass pass = TrainingPass.over(2);
 * Gradients first = pass.shard(0, () -> gradients(left));       // on one thread
 * Gradients second = pass.shard(1, () -> gradients(right));     // perhaps on another
 * optimizer.step(first.add(second));
 * pass.commit();
 * }</pre>
 *
 * <p><b>Layers with changing state</b> change it through here. Outside of a pass {@link #next} and
 * {@link #effect} act at once; in a shard, on the thread that runs it, they wait for the commit:
 *
 * <ul>
 *   <li>{@link #next} numbers random draws. With n shards, draw k of shard s has the number {@code
 *       first + k n + s}; with one shard that is the numbering without a pass.
 *   <li>{@link #effect} changes anything else. Effects take place in the order of the shards, and
 *       of their calls in each.
 * </ul>
 *
 * <p>A shard that starts threads of its own is not seen by them.
 */
public final class TrainingPass {

  private static final ThreadLocal<@Nullable Shard> CURRENT = new ThreadLocal<>();

  private final List<Shard> shards = new ArrayList<>();

  private TrainingPass(int count) {
    for (int i = 0; i < count; i++) {
      shards.add(new Shard(i, count));
    }
  }

  /** What one shard has drawn, and what it leaves to be done; used by one thread at a time. */
  private static final class Shard {

    private final int number;
    private final int count;
    private final Map<Buffer, Long> draws = new HashMap<>();
    private final List<Runnable> effects = new ArrayList<>();

    Shard(int number, int count) {
      this.number = number;
      this.count = count;
    }

    long next(Buffer counter) {
      long first = (long) counter.value().item();
      long draw = draws.merge(counter, 1L, Long::sum) - 1;
      effects.add(() -> advance(counter, first + (draw + 1) * count));
      return first + draw * count + number;
    }

    private static void advance(Buffer counter, long next) {
      synchronized (counter) {
        if (counter.value().item() < next) {
          counter.assign(Tensor.scalar(next));
        }
      }
    }
  }

  /**
   * Returns a pass over so many shards.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TrainingPass over(int shards) {
    if (shards < 1) {
      throw new IllegalArgumentException(
          "TrainingPass: there are " + shards + " shards; there must be at least 1");
    }
    return new TrainingPass(shards);
  }

  /**
   * Returns what the code of a shard returns. Different shards may run at the same time.
   *
   * @param number from 0
   * @throws IndexOutOfBoundsException if there is no such shard
   */
  public <T> T shard(int number, Supplier<T> code) {
    Shard before = CURRENT.get();
    CURRENT.set(shards.get(number));
    try {
      return code.get();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  /**
   * Makes what layers have left to be done, once, after all shards; not at the same time as a
   * shard. What an effect throws comes out, and those after it are not made: the pass is over then,
   * and half remembered.
   */
  public void commit() {
    for (Shard shard : shards) {
      List<Runnable> effects = List.copyOf(shard.effects);
      shard.effects.clear();
      shard.draws.clear();
      effects.forEach(Runnable::run);
    }
  }

  // ---------------------------------------------------------------- for layers

  /**
   * Returns the number of the next random draw, and counts it.
   *
   * @param counter holds the number of draws so far, one F64 number; a buffer of the layer
   */
  public static long next(Buffer counter) {
    Shard shard = CURRENT.get();
    if (shard != null) {
      return shard.next(counter);
    }
    synchronized (counter) {
      long next = (long) counter.value().item();
      counter.assign(Tensor.scalar(next + 1));
      return next;
    }
  }

  /**
   * Makes a change of a layer's state: in a shard when all are done, otherwise now.
   *
   * @param change must not throw, because the optimiser has made its step before; check what can be
   *     wrong when this is called
   */
  public static void effect(Runnable change) {
    Shard shard = CURRENT.get();
    if (shard == null) {
      change.run();
    } else {
      shard.effects.add(change);
    }
  }
}
