package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named leaf whose value can be replaced: what optimisers train. It is a {@link Tensor} like any
 * other, always tracked unless frozen, and reads as its current value.
 *
 * <p>Every update raises {@link #version()}. A derivative that reads a parameter which was updated
 * since the operation was recorded is an error ({@link StaleValueException}), never a wrong number.
 * Updates must not overlap with another thread's forward pass.
 */
public final class Parameter extends Tensor {

  private volatile long version;

  /** The last call of {@link #update} that was to write this. */
  private @Nullable Object writer;

  private Parameter(String name, NdArray storage) {
    super(
        storage,
        null,
        new Input(
            Input.Kind.PARAMETER, Recorder.current().newId(), storage.shape(), storage.dtype()));
    vertex().details().rename(name);
  }

  /**
   * Returns a parameter that starts with a copy of the given values.
   *
   * @throws DTypeException for integers and masks, which have no derivative
   */
  public static Parameter of(String name, Tensor initial) {
    Checks.floating("Parameter \"" + name + "\"", initial.dtype());
    return new Parameter(name, initial.array().copy());
  }

  /**
   * Returns a parameter that starts with one value everywhere, in one array: {@link #of} would copy
   * a tensor made for it.
   *
   * @throws DTypeException for integers and masks, which have no derivative
   */
  public static Parameter full(String name, DType dtype, double value, int... dims) {
    Checks.floating("Parameter \"" + name + "\"", dtype);
    return new Parameter(name, Tensor.full(dtype, value, dims).array());
  }

  /** Returns how often the value was replaced. */
  public long version() {
    return version;
  }

  /**
   * Replaces the value by a copy of the given one, whose graph, if it has one, is not followed.
   *
   * @throws ShapeException if the shape differs
   * @throws DTypeException if the element type differs
   * @throws IllegalStateException in the middle of a sweep
   */
  public void assign(Tensor value) {
    if (!value.shape().equals(shape())) {
      throw new ShapeException(
          "assign: parameter \""
              + name()
              + "\" is "
              + shape()
              + " and the value is "
              + value.shape()
              + "; the shapes must be equal");
    }
    if (value.dtype() != dtype()) {
      throw new DTypeException(
          "assign: parameter \""
              + name()
              + "\" is "
              + dtype()
              + " and the value is "
              + value.dtype()
              + "; convert it with to("
              + dtype()
              + ")");
    }
    requireChangeable("assign");
    System.arraycopy(value.array().data(), 0, unguarded().data(), 0, size());
    changed();
  }

  /**
   * Makes updates of several parameters, each in one pass over its elements: all of them, or none
   * if one cannot be made. Whether they can is found out before the first number changes.
   *
   * @throws ShapeException if a gradient, or what is remembered, has not its parameter's shape
   * @throws DTypeException if one has not its element type
   * @throws ClosedTapeException if a gradient died with its tape; likewise other refusals to read
   * @throws IllegalStateException in the middle of a sweep
   * @throws IllegalArgumentException if a parameter, or what is remembered, is to be written twice
   */
  public static void update(List<Update> updates) {
    List<Runnable> ready = new ArrayList<>(updates.size());
    Object call = new Object();
    for (Update update : updates) {
      ready.add(update.prepare(call));
    }
    ready.forEach(Runnable::run);
  }

  /** Refuses changes in the middle of a sweep. */
  void requireChangeable(String op) {
    if (Recorder.current().sweep() != null) {
      throw new IllegalStateException(
          op
              + ": parameter \""
              + name()
              + "\" cannot change in the middle of a sweep; update it after backward() or grad()");
    }
  }

  /** Marks this as written by a call of {@link #update}; false if it was before. */
  boolean markWrittenBy(Object call) {
    boolean first = writer != call;
    writer = call;
    return first;
  }

  /** Returns whether a call of {@link #update} writes this. */
  boolean isWrittenBy(Object call) {
    return writer == call;
  }

  /** Raises the version, after the storage was changed in place. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time changes it, others only read
  void changed() {
    version++;
  }

  /** Stops training: operations recorded from now on treat this as a constant. */
  public void freeze() {
    input().freeze(true);
  }

  /** Resumes training. */
  public void unfreeze() {
    input().freeze(false);
  }

  /** Returns whether training is stopped. */
  public boolean frozen() {
    return input().frozen();
  }

  /** Returns the gradient, for reading now; see {@link #grad()}, which may be kept. */
  Tensor ownGradient() {
    GradientSlot slot = vertex().gradient();
    Tensor value = slot == null ? null : slot.peek();
    return value == null ? grad() : value;
  }

  private Input input() {
    return (Input) vertex();
  }

  @Override
  Object data() {
    Sweep sweep = Recorder.current().sweep();
    if (sweep != null) {
      sweep.checkVersion(this);
    }
    return unguarded().data();
  }

  @Override
  @Nullable Guard aliasGuard() {
    return new ParameterVersion(this, version);
  }

  /** Returns the name and the current values. */
  @Override
  public String toString() {
    return name() + " = " + Printer.print(unguarded());
  }
}
