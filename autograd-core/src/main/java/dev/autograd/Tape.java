package dev.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An explicit recording: the ordered list of operations recorded while it is open, and the owner of
 * everything computed meanwhile.
 *
 * <pre>{@code
 * try (Tape tape = Tape.open()) {
 *   loss(x, y).backward();
 *   System.out.println(tape);          // every operation, in order
 * }
 * }</pre>
 *
 * <p>Recording itself needs no tape: {@link Tensor#backward()} works without. A tape adds a listing
 * and a lifetime. It owns the results of operations computed while it is the innermost open tape of
 * its thread, also under {@link Autograd#noGrad}, and the gradients computed on the way; after
 * {@link #close()} reading one of them throws {@link ClosedTapeException}. It never owns tensors
 * from factories, parameters, or the {@code grad()} of leaves. {@link Tensor#keep()} takes a value
 * out.
 *
 * <p><b>Anomalies.</b> {@code Tape.open(CHECK_FINITE)} looks for the first operation, forward or
 * backward, that makes a NaN or an infinity out of finite numbers, and throws a {@link
 * NonFiniteException}: it names the operation, or the pullback and its input, with shapes, ranges
 * and numbers of NaN and infinities of what went in, and the line of your code that computed it,
 * which is also the {@linkplain Node#attributes() attribute} {@code source} of every node. The mode
 * holds for tapes opened inside, and for every operation, tracked or not; it costs a walk over the
 * stack and over all elements per operation, and nothing where it is off.
 *
 * <p>Reported is a NaN that no operand has, and an infinity if all operands are finite: so {@code
 * log(0)} is, also in a branch that {@code where} does not take, while a mask of -∞ that was made
 * by a factory or by {@code maskedFill} may enter {@code softmax}, and what was not finite before
 * stays unreported. A pullback counts as a whole: infinities that its formula passes through on the
 * way to a finite gradient are not reported.
 *
 * <p><b>Storage.</b> Arrays come from a pool of the thread and go back to it on {@link #close()},
 * so that a loop with a tape per step makes none. What was computed inside is kept for so long,
 * even if it is not referenced any more, up to a quarter of the heap: open a tape for a step, not
 * for a program.
 *
 * <p>A tape belongs to the thread that opened it. Other threads may read what it owns, but not
 * while it is being closed.
 */
public final class Tape implements AutoCloseable {

  /** What a tape can do beyond recording. */
  public enum Option {

    /**
     * Throw where a NaN or an infinity comes into being; see <b>Anomalies</b> in the description of
     * {@link Tape}.
     */
    CHECK_FINITE
  }

  private final Lease lease;
  private final List<Operation> operations = new ArrayList<>();
  private final @Nullable Tape enclosing;
  private final @Nullable Sweep openedIn;
  private final @Nullable FiniteCheck finiteCheck;
  private final Thread owner = Thread.currentThread();

  private Tape(Recorder recorder, Option... options) {
    lease = new Lease(recorder.pool());
    enclosing = recorder.tape();
    openedIn = recorder.sweep();
    boolean check = Arrays.asList(options).contains(Option.CHECK_FINITE);
    // One for all tapes of a thread, for it knows whether a pullback is running.
    FiniteCheck outer = enclosing == null ? null : enclosing.finiteCheck;
    finiteCheck = outer == null && check ? new FiniteCheck() : outer;
  }

  /** Returns a new tape, now the innermost one of this thread. */
  public static Tape open(Option... options) {
    Recorder recorder = Recorder.current();
    Tape tape = new Tape(recorder, options);
    recorder.innermost(tape);
    return tape;
  }

  /**
   * Runs code inside a tape of its own and returns what it returns; a returned {@link Tensor},
   * {@link Gradients}, {@link ValueAndGrad} or {@link ValueAndGradients} is kept, everything else
   * computed inside dies with the tape.
   */
  public static <T> T scope(Supplier<T> code) {
    try (Tape tape = open()) {
      return tape.kept(code.get());
    }
  }

  /** Runs code inside a tape of its own. */
  public static void scope(Runnable code) {
    try (Tape tape = open()) {
      code.run();
      tape.requireOpen();
    }
  }

  /**
   * Runs code inside the innermost open tape of this thread, or, if none is open, inside a {@link
   * #scope(Supplier) scope} of its own, and returns what it returns: for library code that shall
   * not leave anything behind, but must not hide from a caller who records either.
   */
  public static <T> T join(Supplier<T> code) {
    return Recorder.current().tape() == null ? scope(code) : code.get();
  }

  @SuppressWarnings("unchecked") // keeping returns the same type
  private <T> T kept(T result) {
    requireOpen();
    if (result instanceof Parameter) {
      return result;
    }
    if (result instanceof Tensor tensor) {
      return (T) tensor.keep();
    }
    if (result instanceof Gradients gradients) {
      return (T) gradients.keep();
    }
    if (result instanceof ValueAndGrad pair) {
      return (T) new ValueAndGrad(pair.value().keep(), pair.grad().keep());
    }
    if (result instanceof ValueAndGradients pair) {
      return (T) new ValueAndGradients(pair.value(), pair.gradients().keep());
    }
    return result;
  }

  private void requireOpen() {
    if (lease.ended()) {
      throw new IllegalStateException(
          "scope: the code closed the tape it runs in; leave that to it");
    }
  }

  /** Returns the operations recorded so far, in order; still readable after {@link #close()}. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(new ArrayList<Node>(operations));
  }

  /** Returns the recorded graph in Graphviz's DOT language, with the inputs of its operations. */
  public String toDot() {
    return Drawing.dot(Listing.withInputs(nodes()));
  }

  /** Returns the recorded graph as a Mermaid flowchart, with the inputs of its operations. */
  public String toMermaid() {
    return Drawing.mermaid(Listing.withInputs(nodes()));
  }

  /** Returns one line per node: number, operation, operands, attributes, type and shape. */
  @Override
  public String toString() {
    return Listing.print(Listing.withInputs(nodes()));
  }

  /**
   * Ends the lifetime of everything computed inside, and of tapes opened inside and still open.
   * Closing again does nothing.
   *
   * @throws IllegalStateException from another thread, or in the middle of a sweep that began
   *     before
   */
  @Override
  public void close() {
    if (lease.ended()) {
      return;
    }
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "close: this tape belongs to thread \""
              + owner.getName()
              + "\"; close it there, tapes cannot be handed over");
    }
    Recorder recorder = Recorder.current();
    if (recorder.sweep() != null && recorder.sweep() != openedIn) {
      throw new IllegalStateException(
          "close: a sweep is running over values of this tape; close it after backward() or grad()");
    }
    Tape inner = recorder.tape();
    recorder.innermost(enclosing);
    while (inner != null && inner != this) {
      inner.lease.end();
      inner = inner.enclosing;
    }
    lease.end();
  }

  Lease lease() {
    return lease;
  }

  /** Returns the mode {@link Option#CHECK_FINITE}; null if it is off. */
  @Nullable FiniteCheck finiteCheck() {
    return finiteCheck;
  }

  /** Returns the operations recorded so far. */
  List<Operation> operations() {
    return operations;
  }

  /** Returns whether a vertex was made while this tape was the innermost one. */
  boolean holds(Vertex vertex) {
    return vertex.lease() == lease;
  }

  /** Makes the enclosing tape the innermost one again, and ends no lifetime. */
  void leave() {
    Recorder.current().innermost(enclosing);
  }

  void add(Operation operation) {
    operations.add(operation);
  }

  /** Returns the storage that outlives a tape: the enclosing tape's, or null for the heap. */
  static @Nullable Lease enclosingLease(@Nullable Tape tape) {
    return tape == null || tape.enclosing == null ? null : tape.enclosing.lease;
  }
}
