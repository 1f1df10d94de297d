package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What inputs and operations have in common: a description, a gradient's place, and a sweep's mark.
 */
abstract sealed class Vertex implements Node permits Input, Operation {

  private static final VarHandle CLAIM;
  private static final VarHandle DETAILS;

  static {
    try {
      CLAIM = MethodHandles.lookup().findVarHandle(Vertex.class, "claim", Order.class);
      DETAILS = MethodHandles.lookup().findVarHandle(Vertex.class, "details", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long id;
  private final Shape shape;
  private final DType dtype;

  /**
   * {@link Details}; or, for most vertices have nothing else to tell, the {@link Lease} of the tape
   * this was made on. Read once where several threads may come by it: a constant's vertex is shared
   * unsynchronised.
   */
  private @Nullable Object details;

  /** The order of the sweep that owns {@link #slot}; a finished one counts as nobody. */
  @SuppressWarnings("unused") // through CLAIM
  private volatile @Nullable Order claim;

  /** This vertex's place in the claiming order; -1 until its inputs have theirs. */
  int slot;

  Vertex(long id, Shape shape, DType dtype) {
    this.id = id;
    this.shape = shape;
    this.dtype = dtype;
  }

  /** Returns whether gradients flow to or through this vertex. */
  abstract boolean tracked();

  /** Returns the number of operands. */
  abstract int inputCount();

  /** Returns an operand. */
  abstract Vertex input(int i);

  /** Returns the order that holds this vertex, finished or not. */
  @Nullable Order claim() {
    return claim;
  }

  /** Hands this vertex to an order if {@code seen} still holds it; false if another was faster. */
  boolean claim(@Nullable Order seen, Order claimant) {
    return CLAIM.compareAndSet(this, seen, claimant);
  }

  /** Returns what only some vertices have, or null. */
  final @Nullable Details knownDetails() {
    return details instanceof Details known ? known : null;
  }

  /** Returns what only some vertices have, to be changed by the thread that makes this vertex. */
  final Details details() {
    if (details instanceof Details known) {
      return known;
    }
    Details fresh = new Details((Lease) details);
    details = fresh;
    return fresh;
  }

  /** Returns what only some vertices have, the same to all threads that ask at once. */
  final Details sharedDetails() {
    Object known = details;
    while (!(known instanceof Details)) {
      Details fresh = new Details((Lease) known);
      Object other = DETAILS.compareAndExchange(this, known, fresh);
      known = other == known ? fresh : other;
    }
    return (Details) known;
  }

  /** Returns the tape this was made on, through its storage; null without an open tape. */
  final @Nullable Lease lease() {
    Object known = details;
    return known instanceof Details all ? all.lease : (Lease) known;
  }

  /** Notes, when this is made, the tape it is made on. */
  final void lease(@Nullable Lease made) {
    if (details instanceof Details known) {
      known.lease = made;
    } else {
      details = made;
    }
  }

  /** Returns where a sweep leaves the gradient; null if it is not wanted. */
  final @Nullable GradientSlot gradient() {
    Details known = knownDetails();
    return known == null ? null : known.gradient;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String name() {
    Details known = knownDetails();
    return known == null ? "" : known.name();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public Map<String, Object> attributes() {
    Details known = knownDetails();
    return known == null ? Map.of() : known.attributes();
  }

  @Override
  public List<Node> inputs() {
    return List.of();
  }

  /** Returns the operation and what it makes, as in {@code tanh "A1" F64[8, 16]}. */
  @Override
  public String toString() {
    return op() + (name().isEmpty() ? "" : " \"" + name() + "\"") + " " + dtype + shape;
  }
}
