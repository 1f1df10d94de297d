package dev.autograd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one sweep gives back to its tape's storage while it runs: what a pullback computed on the
 * way to its result, and gradients that have been passed on.
 *
 * <p>Only storage that the engine allocated in this sweep and that nobody shares: per vertex the
 * number of its gradient's array in the lease, if that gradient is the only tensor over it. A
 * gradient that users have seen, that came from outside, or that two operands were passed, counts
 * as shared and goes back when the tape closes. So does one that was replaced where nobody looked,
 * by the result of a custom pullback: a number only counts while the array is the gradient's.
 */
final class Recycling {

  /** The number of an array that is not ours to give back. */
  static final int SHARED = -1;

  private final Lease lease;
  private final int[] numbers;

  private Recycling(Lease lease, int vertices) {
    this.lease = lease;
    this.numbers = new int[vertices];
    Arrays.fill(numbers, SHARED);
  }

  /** Returns the recycling of a sweep; null without an open tape. */
  static @Nullable Recycling of(@Nullable Lease lease, int vertices) {
    return lease == null ? null : new Recycling(lease, vertices);
  }

  /** Returns the number of the next array taken. */
  int mark() {
    return lease.next();
  }

  /** Says that users, or somebody else outside of the sweep, hold a vertex's gradient. */
  void share(int slot) {
    numbers[slot] = SHARED;
  }

  /** Gives back what was taken since a mark, and what the gradient of a vertex was before. */
  void arrived(int slot, Tensor gradient, int mark) {
    int fresh = lease.giveBackFrom(mark, gradient.storage());
    if (fresh < 0) {
      return;
    }
    if (numbers[slot] != SHARED) {
      lease.giveBack(numbers[slot]);
    }
    numbers[slot] = fresh;
  }

  /** Returns the number of the array of a vertex's gradient. */
  int number(int slot, Tensor gradient) {
    return lease.holds(numbers[slot], gradient.storage()) ? numbers[slot] : SHARED;
  }

  /**
   * Gives back what was taken since a mark but the array of one tensor, and returns its number, if
   * it is among them.
   */
  int keep(Tensor kept, int mark) {
    return lease.giveBackFrom(mark, kept.storage());
  }

  /**
   * Gives back the array of a gradient that was passed on, unless one operand was passed it as it
   * is: then that one has it now.
   */
  void passed(
      int number, Tensor gradient, Operation operation, Order order, @Nullable Tensor[] adjoints) {
    Object storage = gradient.storage();
    if (number == SHARED || storage == null) {
      return;
    }
    int heir = -1;
    for (int i = 0; i < operation.inputCount(); i++) {
      int target = order.slotOf(operation.input(i));
      Tensor arrived = target < 0 ? null : adjoints[target];
      if (target != heir && arrived != null && arrived.storage() == storage) {
        if (heir >= 0) {
          numbers[heir] = SHARED;
          return;
        }
        heir = target;
        numbers[heir] = number;
      }
    }
    if (heir < 0) {
      lease.giveBack(number);
    }
  }

  /**
   * Gives the storage of a vertex's gradient away to a leaf, for other storage that the leaf has
   * done with; false if somebody else holds it.
   */
  boolean handOver(int slot, Tensor gradient, @Nullable Object forIt) {
    int number = number(slot, gradient);
    if (number == SHARED) {
      return false;
    }
    lease.handOver(number);
    if (forIt != null) {
      lease.takeBack(forIt);
    }
    return true;
  }
}
