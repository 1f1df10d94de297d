package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A dense, row-major block of numbers that never changes, and, if a derivative is wanted, its place
 * in the graph of operations that made it.
 *
 * <pre>{@code
 * Tensor x = Tensor.scalar(3).withGrad();
 * Tensor y = x.mul(x).add(x.sin());
 * y.backward();
 * x.grad().item();                      // 2·3 + cos 3
 * }</pre>
 *
 * <p><b>Operations</b> live in the interfaces this class implements, one method each with its
 * value, its derivatives and its documentation in one place. Operands broadcast as in NumPy, and
 * must have the same element type: nothing is converted silently (see {@link #to}). Numbers are
 * {@link DType#F64} unless the source says {@code f}, {@code float[]} or {@code F32}.
 *
 * <p><b>Derivatives.</b> A tensor made by {@link #withGrad()} is a leaf; whatever is computed from
 * it is recorded, and {@link #backward()} on a one-element result leaves in each leaf's {@link
 * #grad()} the derivative of that result. Everything else is untracked and costs nothing. {@link
 * Hooking} hangs functions on gradients.
 *
 * <p><b>Lifetime.</b> Tensors are ordinary heap objects, freed by the garbage collector. Only what
 * is computed inside an explicitly opened {@link Tape} belongs to that tape and is unreadable after
 * {@link Tape#close()}; see {@link #keep()}.
 *
 * <p><b>Identity.</b> {@code equals} is identity, so that tensors can be keys of {@link Gradients};
 * numbers are compared with {@link #allClose}.
 *
 * <p><b>Threads.</b> Reading and computing is safe from any number of threads, but not on tensors
 * of a tape that its thread is just closing.
 */
public sealed class Tensor extends TensorStorage
    implements Arithmetic,
        Rounding,
        Elementwise,
        Trigonometry,
        Activations,
        Reductions,
        Extremes,
        Scans,
        Statistics,
        Norms,
        LinearAlgebra,
        Decompositions,
        MatrixParts,
        Convolutions,
        Poolings,
        Normalization,
        Attention,
        Shaping,
        Arranging,
        Indexing,
        Hooking
    permits Parameter {

  /**
   * The place in a graph; made on demand for constants, when an operation is recorded over them.
   */
  private @Nullable Vertex vertex;

  Tensor(NdArray array, @Nullable Guard guard, @Nullable Vertex vertex) {
    super(array, guard);
    this.vertex = vertex;
  }

  /** Makes a number, rounded to the type. */
  Tensor(DType dtype, double number, @Nullable Guard guard, @Nullable Vertex vertex) {
    super(dtype, number, guard);
    this.vertex = vertex;
  }

  // ---------------------------------------------------------------- what it is

  /** Returns the label given with {@link #named}; empty if none. */
  public String name() {
    Vertex known = vertex;
    return known == null ? "" : known.name();
  }

  /** Labels this tensor in listings, drawings and messages, and returns it; adds no operation. */
  public Tensor named(String label) {
    vertex().sharedDetails().rename(label);
    return this;
  }

  // ---------------------------------------------------------------- reading

  /**
   * Returns one element as a double.
   *
   * @param index one per axis, negative ones from the end; none for a tensor of one element
   * @throws ShapeException if there are several elements and no index, or the index does not fit
   */
  public double item(int... index) {
    return Reading.item(this, index);
  }

  /** Returns the elements in row-major order, as a copy; other types are converted. */
  public double[] toDoubleArray() {
    return Reading.doubles(this);
  }

  /**
   * Returns the elements in row-major order, as a copy.
   *
   * @throws DTypeException for F64, which would lose digits: say {@code to(F32)}
   */
  public float[] toFloatArray() {
    return Reading.floats(this);
  }

  /**
   * Returns the integer elements in row-major order, as a copy; true is 1.
   *
   * @throws DTypeException for F32 and F64
   */
  public long[] toLongArray() {
    return Reading.longs(this);
  }

  /**
   * Returns the rows of a matrix, as a copy.
   *
   * @throws ShapeException if this is no matrix
   */
  public double[][] toDoubleMatrix() {
    return Reading.rows(this);
  }

  /**
   * Returns whether all elements are close: {@code |this - other| <= atol + rtol |other|}, equal
   * infinities included, NaN never.
   *
   * @throws ShapeException if the shapes differ
   */
  public boolean allClose(Tensor other, double rtol, double atol) {
    return Reading.allClose(this, other, rtol, atol);
  }

  /** Returns the function of each element, without a derivative; computed in double precision. */
  public Tensor map(DoubleUnaryOperator function) {
    return Reading.map(this, function);
  }

  /**
   * Returns the values as NumPy prints them, shortened beyond 1,000 elements; a label given with
   * {@link #named} stands instead, so that gradients print as in a textbook: {@code "d" + z}.
   */
  @Override
  public String toString() {
    return name().isEmpty() ? Printer.print(array()) : name();
  }

  // ---------------------------------------------------------------- other tensors of the same
  // numbers

  /**
   * Returns the numbers in another element type: rounded once to F32, cut off to integers. Between
   * F32 and F64 the gradient is converted back; other conversions have none.
   */
  public Tensor to(DType target) {
    if (target == dtype()) {
      return this;
    }
    DType own = dtype();
    Tensor converted = Allocation.tensor(array().to(target));
    return target.isFloating()
        ? record("to", converted, g -> g.to(own)).with("dtype", target)
        : converted;
  }

  /**
   * Returns the same values as a constant: no gradient flows through it. Shares storage, and with
   * it the lifetime; of a {@link Parameter} it is the current value, which throws once that is
   * updated.
   */
  public Tensor detach() {
    return requiresGrad() && Recorder.current().ignoresStop() ? this : constant();
  }

  /** Returns {@link #detach()} for the library's own formulas, where it stops no gradient. */
  final Tensor constant() {
    return sameAs(null);
  }

  private Tensor sameAs(@Nullable Vertex place) {
    return isNumber()
        ? new Tensor(dtype(), number(), aliasGuard(), place)
        : new Tensor(array(), aliasGuard(), place);
  }

  /**
   * Returns the same values as a constant that outlives the innermost open tape; without one this
   * is {@link #detach()}. Of a {@link Parameter} it is a copy of the current value.
   */
  public Tensor keep() {
    if (requiresGrad() && Recorder.current().ignoresStop()) {
      return this;
    }
    Tape tape = Recorder.current().tape();
    Guard own = aliasGuard();
    boolean ends = own instanceof ParameterVersion || (tape != null && own == tape.lease());
    if (!ends) {
      return detach();
    }
    Lease enclosing = Tape.enclosingLease(tape);
    return isNumber()
        ? new Tensor(dtype(), number(), enclosing, null)
        : new Tensor(array().copy(), enclosing, null);
  }

  /**
   * Returns a leaf with the same values: results computed from it are recorded, and their {@link
   * #backward()} leaves a {@link #grad()} in it. Shares storage, and with it the lifetime.
   *
   * @throws DTypeException for integers and masks
   * @throws IllegalStateException for a result that is already part of a graph, which this would
   *     cut: use {@code detach().withGrad()} to cut it, {@link #retainGrad()} to see its gradient
   */
  public Tensor withGrad() {
    if (!dtype().isFloating()) {
      throw new DTypeException(
          "withGrad: a tensor of "
              + dtype()
              + " has no derivative; convert it with to(F64), or write numbers as 3.0");
    }
    if (vertex instanceof Operation op) {
      if (Recorder.current().ignoresStops()) {
        return this;
      }
      throw new IllegalStateException(
          "withGrad: this is the result of '"
              + op.op()
              + "' and already tracked; use detach().withGrad() to start a new graph here, or"
              + " retainGrad() to see its gradient");
    }
    Input leaf = new Input(Input.Kind.LEAF, Recorder.current().newId(), shape(), dtype());
    leaf.details().rename(name());
    leaf.lease(Recorder.current().lease());
    return sameAs(leaf);
  }

  // ---------------------------------------------------------------- gradients

  /** Returns whether derivatives with respect to this tensor, or through it, are recorded. */
  public boolean requiresGrad() {
    // Read once: another thread may be giving a shared constant its vertex.
    Vertex known = vertex;
    return known != null && known.tracked();
  }

  /**
   * Makes {@link #backward()} leave a {@link #grad()} in this result, as it does in leaves, and
   * returns it. {@link Autograd#grad(Tensor, Tensor)} does without.
   *
   * @throws NotTrackedException if this is no recorded result
   */
  public Tensor retainGrad() {
    if (vertex == null || !vertex.tracked()) {
      throw new NotTrackedException(
          "retainGrad: " + describe() + " is not tracked; call withGrad() on an input first");
    }
    vertex.sharedDetails().retainGradient();
    return this;
  }

  /**
   * Returns the sum of the gradients that sweeps have left here; later ones do not change it.
   *
   * @throws NoGradientException if there is none, with the reason
   */
  public Tensor grad() {
    return Reading.gradient(this, vertex);
  }

  /** Returns whether {@link #grad()} has something to return. */
  public boolean hasGrad() {
    GradientSlot slot = vertex == null ? null : vertex.gradient();
    return slot != null && slot.isPresent();
  }

  /** Removes the gradient: {@link #hasGrad()} is false afterwards. */
  public void zeroGrad() {
    GradientSlot slot = vertex == null ? null : vertex.gradient();
    if (slot != null) {
      slot.clear();
    }
  }

  /**
   * Adds to the {@link #grad()} of every leaf this depends on the derivative of this one element
   * with respect to it. The graph is released: a second sweep over it is an error.
   *
   * @throws ShapeException if this has not exactly one element: pass a seed, or reduce it
   * @throws NotTrackedException if this depends on no leaf
   * @throws ReleasedGraphException after an earlier sweep without {@link GradOptions#retainGraph()}
   * @throws StaleValueException if a parameter the derivatives read was updated since
   */
  public void backward() {
    Sweep.backward(List.of(this), GradOptions.defaults());
  }

  /**
   * Adds to the {@link #grad()} of every leaf the gradient of {@code Σ seed · this}.
   *
   * @param seed the upstream gradient, of this shape and type
   */
  public void backward(Tensor seed) {
    Sweep.backward(List.of(this), GradOptions.defaults().seed(seed));
  }

  /**
   * Sweeps with options; see {@link #backward()}.
   *
   * @throws IllegalArgumentException for {@link GradOptions#createGraph()}, which {@link
   *     Autograd#grad(Tensor, Tensor, GradOptions)} takes
   */
  public void backward(GradOptions options) {
    Sweep.backward(List.of(this), options);
  }

  // ---------------------------------------------------------------- the graph

  /** Returns the recorded graph that leads to this tensor, inputs first; empty if nothing is. */
  public List<Node> nodes() {
    return vertex == null ? List.of() : Listing.reachable(vertex);
  }

  /**
   * Adds an attribute to the custom operation that made this, for listings and drawings, and
   * returns this: an axis, a factor, whatever is no tensor. Without effect on a result that was not
   * recorded.
   *
   * @param value an immutable object
   * @throws IllegalArgumentException for a result of the library's operations, which have their own
   */
  public Tensor withAttribute(String key, Object value) {
    if (vertex instanceof Operation op && !op.custom()) {
      throw new IllegalArgumentException(
          "withAttribute: '"
              + op.op()
              + "' is no custom operation; use named(label) to tell results apart");
    }
    return with(key, value);
  }

  /** Returns the graph that leads to this tensor in Graphviz's DOT language. */
  public String toDot() {
    return Drawing.dot(nodes());
  }

  /** Returns the graph that leads to this tensor as a Mermaid flowchart. */
  public String toMermaid() {
    return Drawing.mermaid(nodes());
  }

  // ---------------------------------------------------------------- for the operations

  /** Returns this tensor's place in a graph; a constant gets one when it is first asked for. */
  final Vertex vertex() {
    Vertex known = vertex;
    if (known == null) {
      known = Input.constant(Recorder.current().newId(), this);
      vertex = known;
    }
    return known;
  }

  /** Gives a fresh result its place in the graph. */
  final void enter(Operation operation) {
    vertex = operation;
  }

  /** Returns a short description for messages: label, operation, type and shape. */
  final String describe() {
    String label = name().isEmpty() ? "" : "\"" + name() + "\" ";
    String made = vertex instanceof Operation op ? " made by '" + op.op() + "'" : "";
    return "tensor " + label + dtype() + shape() + made;
  }

  /**
   * Returns the result of an operation on this tensor, recorded if this is tracked.
   *
   * @param value fresh, untracked, and nobody else's: it becomes the result
   */
  final Tensor record(String op, Tensor value, Pullback da) {
    return Recording.result(op, value, this, da, false);
  }

  /** Returns the result of an operation whose derivative uses the output. */
  final Tensor record(String op, Tensor value, Pullback.WithOutput da) {
    return Recording.result(op, value, this, da, true);
  }

  /**
   * Returns the result of an operation that another tensor directs, an index or a mask, which has
   * no derivative.
   */
  final Tensor record(String op, Tensor value, Pullback da, Tensor by) {
    return Recording.result(op, value, false, this, da, by, null);
  }

  /** Returns the result of an operation on two tensors, recorded if one is tracked. */
  final Tensor record(String op, Tensor value, Pullback da, Tensor b, Pullback db) {
    return Recording.result(op, value, false, this, da, b, db);
  }

  /** Returns the result of an operation on two tensors whose first derivative uses the output. */
  final Tensor record(String op, Tensor value, Pullback.WithOutput da, Tensor b, Pullback db) {
    return Recording.result(op, value, true, this, da, b, db);
  }

  /** Returns the result of an operation on two tensors whose second derivative uses the output. */
  final Tensor record(String op, Tensor value, Pullback da, Tensor b, Pullback.WithOutput db) {
    return Recording.result(op, value, true, this, da, b, db);
  }

  /** Returns the result of an operation on two tensors whose derivatives use the output. */
  final Tensor record(
      String op, Tensor value, Pullback.WithOutput da, Tensor b, Pullback.WithOutput db) {
    return Recording.result(op, value, true, this, da, b, db);
  }

  /** Returns the result of an operation that shows the same storage under another shape. */
  final Tensor alias(String op, Shape shape, Pullback da) {
    return Recording.alias(op, array().withShape(shape), this, da);
  }

  /** Adds an attribute to the operation that made this, if it was recorded, and returns this. */
  final Tensor with(String key, Object value) {
    if (vertex instanceof Operation op) {
      op.details().describe(key, value);
    }
    return this;
  }

  /**
   * Adds an attribute unless it is as usual, and returns this; see {@link #with(String, Object)}.
   */
  final Tensor with(String key, Object value, Object usual) {
    return value.equals(usual) ? this : with(key, value);
  }
}
