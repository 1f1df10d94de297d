package dev.autograd;

import dev.autograd.array.Axes;
import dev.autograd.array.Broadcast;
import dev.autograd.array.NdArray;
import dev.autograd.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One backward pass: it walks the graph from the roots in reverse topological order, hands each
 * operation's gradient to the pullbacks that lead to something wanted, and sums what arrives.
 *
 * <p><b>Order.</b> {@link Order} lists every vertex after its operands; the sweep runs over that
 * list backwards, so that a gradient is complete before it is passed on.
 *
 * <p><b>Summing.</b> The first gradient to arrive is kept as it came, for it may be shared; the
 * second makes a sum that the sweep owns, and later ones are added to it in place. Under {@link
 * GradOptions#createGraph} all sums are recorded operations instead.
 *
 * <p><b>All or nothing.</b> Gradients of leaves are staged and committed when the whole sweep has
 * succeeded. A sweep that does not retain the graph releases it, also when it fails.
 */
final class Sweep {

  /**
   * Held while gradients are stored, so that a sweep's results appear together and sums are exact.
   */
  private static final Object COMMIT = new Object();

  private final String asked;
  private final boolean record;
  private final boolean retain;
  private final Order order;
  private @Nullable Tensor[] adjoints = new Tensor[0];
  private boolean[] owned = new boolean[0];
  private boolean[] needed = new boolean[0];
  private @Nullable Operation current;

  /** The sweep in whose middle this one runs, over a graph recorded there; null for none. */
  private final @Nullable Sweep outer;

  /** The storage that ends with this sweep, if it is the inner one; null for none. */
  private final @Nullable Lease temporary;

  private Sweep(String asked, GradOptions options) {
    this(asked, options, null, Set.of(), null);
  }

  private Sweep(
      String asked,
      GradOptions options,
      @Nullable Sweep outer,
      Set<Vertex> border,
      @Nullable Lease temporary) {
    this.asked = asked;
    this.outer = outer;
    this.temporary = temporary;
    this.record = options.recordsSweep();
    this.retain = options.keepsGraph();
    this.order = new Order(asked, retain, border, Recorder.current().lastSweepSize());
  }

  /**
   * Adds the gradients of the roots to the leaves they depend on; see {@link Tensor#backward()}.
   */
  static void backward(Collection<Tensor> roots, GradOptions options) {
    if (options.recordsSweep()) {
      throw new IllegalArgumentException(
          "backward: createGraph would store gradients that hold their own graph in the leaves; use"
              + " Autograd.grad(y, x, GradOptions.createGraph())");
    }
    Sweep sweep = new Sweep("backward", options);
    sweep.run(
        roots,
        options,
        () -> {
          Arrays.fill(sweep.needed, true);
          List<Vertex> reached = new ArrayList<>();
          List<Tensor> gradients = new ArrayList<>();
          sweep.propagate(
              (vertex, gradient) -> {
                if (vertex.gradient() != null) {
                  reached.add(vertex);
                  gradients.add(gradient);
                }
              });
          commit(reached, gradients);
        });
    Recorder.current().sweepCompleted();
  }

  /** Returns the gradient of the root per target; null where it does not depend on it. */
  static @Nullable Tensor[] gradients(Tensor root, List<Vertex> targets, GradOptions options) {
    Sweep sweep = new Sweep("grad", options);
    @Nullable Tensor[] found = new Tensor[targets.size()];
    sweep.run(
        List.of(root),
        options,
        () -> {
          IdentityHashMap<Vertex, Integer> wanted = new IdentityHashMap<>();
          for (int i = 0; i < found.length; i++) {
            wanted.putIfAbsent(targets.get(i), i);
          }
          sweep.markPathsTo(wanted.keySet());
          sweep.propagate(
              (vertex, gradient) -> {
                Integer i = wanted.get(vertex);
                if (i != null) {
                  found[i] = options.recordsSweep() ? gradient : untracked(gradient);
                }
              });
          for (int i = 0; i < found.length; i++) {
            Integer first = wanted.get(targets.get(i));
            found[i] = first == null ? null : found[first];
          }
        });
    return found;
  }

  /**
   * Goes on with a graph that was recorded in the middle of this sweep, and adds what arrives at
   * its border to the gradients of this sweep.
   *
   * @param root the result of that graph
   * @param gradient its gradient
   * @param border where the graph ends: vertices of this sweep
   * @param tape the tape it was recorded on, which ends with it unless this sweep is recorded
   */
  void continueInto(Tensor root, Tensor gradient, Set<Vertex> border, Tape tape) {
    GradOptions options = record ? GradOptions.createGraph() : GradOptions.defaults();
    Sweep inner = new Sweep(asked, options, this, border, tape.lease());
    inner.run(
        List.of(root),
        options.seed(gradient),
        () -> {
          inner.markPathsTo(border.stream().filter(this::needs).toList());
          inner.propagate((vertex, complete) -> {});
        });
  }

  private boolean needs(Vertex vertex) {
    return needed[order.slotOf(vertex)];
  }

  /** Returns whether the sweep itself is recorded, for further derivatives. */
  boolean isRecorded() {
    return record;
  }

  /** Removes a stored gradient. */
  static void clear(GradientSlot slot) {
    synchronized (COMMIT) {
      slot.clear();
    }
  }

  /** Returns if the operation whose pullback runs was recorded with this version of a parameter. */
  void checkVersion(Parameter parameter) {
    if (current != null) {
      current.checkVersion(parameter);
    }
  }

  // ---------------------------------------------------------------- the phases

  private void run(Collection<Tensor> roots, GradOptions options, Runnable propagation) {
    Recorder recorder = Recorder.current();
    Sweep outer = recorder.running(this);
    boolean discovered = false;
    try {
      List<Tensor> seeds = seeds(roots, options);
      for (Tensor root : roots) {
        order.discover(root.vertex());
      }
      discovered = true;
      if (outer == null) {
        recorder.lastSweepSize(order.count());
      }
      adjoints = new Tensor[order.count()];
      owned = new boolean[order.count()];
      needed = new boolean[order.count()];
      Recorder.withRecording(
          record,
          () -> {
            int i = 0;
            for (Tensor root : roots) {
              add(order.slotOf(root.vertex()), seeds.get(i++));
            }
            propagation.run();
            return this;
          });
    } finally {
      if (discovered && !retain) {
        releaseAll();
      }
      recorder.running(outer);
      order.finish();
    }
  }

  private List<Tensor> seeds(Collection<Tensor> roots, GradOptions options) {
    List<Tensor> seeds = new ArrayList<>(roots.size());
    for (Tensor root : roots) {
      if (!root.requiresGrad()) {
        throw new NotTrackedException(
            asked
                + ": the output is not tracked ("
                + root.describe()
                + "): nothing it was computed from has withGrad(), or detach() or noGrad() cut the"
                + " graph");
      }
      NdArray value = root.array();
      if (options.seed().isPresent()) {
        seeds.add(checkSeed(root, options.seed().get()));
      } else if (root.size() == 1) {
        NdArray one = Factories.full(value.dtype(), 1, value.shape()).array();
        seeds.add(new Tensor(one, Recorder.current().lease(), null));
      } else {
        throw new ShapeException(
            asked
                + ": the output has shape "
                + root.shape()
                + "; pass a seed, or reduce it to a scalar with sum() or mean()");
      }
    }
    return seeds;
  }

  private Tensor checkSeed(Tensor root, Tensor seed) {
    if (!seed.shape().equals(root.shape())) {
      throw new ShapeException(
          asked
              + ": the output has shape "
              + root.shape()
              + " and the seed "
              + seed.shape()
              + "; they must be equal");
    }
    if (seed.dtype() != root.dtype()) {
      throw new DTypeException(
          asked
              + ": the output is "
              + root.dtype()
              + " and the seed "
              + seed.dtype()
              + "; convert the seed with to("
              + root.dtype()
              + ")");
    }
    return seed;
  }

  /** Limits the sweep to vertices that lead to a target, or are one. */
  private void markPathsTo(Collection<Vertex> targets) {
    for (Vertex target : targets) {
      int slot = order.slotOf(target);
      if (slot >= 0) {
        needed[slot] = true;
      }
    }
    for (int slot = 0; slot < order.count(); slot++) {
      Vertex vertex = order.at(slot);
      for (int i = 0; i < vertex.inputCount() && !needed[slot]; i++) {
        needed[slot] = Order.leads(vertex, i) && needed[order.slotOf(vertex.input(i))];
      }
    }
  }

  /** What is done with the complete gradient of a vertex. */
  private interface Sink {
    void accept(Vertex vertex, Tensor gradient);
  }

  private void propagate(Sink sink) {
    for (int slot = order.count() - 1; slot >= 0; slot--) {
      Tensor gradient = adjoints[slot];
      Vertex vertex = order.at(slot);
      if (gradient != null && needed[slot]) {
        adjoints[slot] = null;
        sink.accept(vertex, gradient);
        if (vertex instanceof Operation op) {
          current = op;
          pull(op, gradient);
          current = null;
          if (!retain) {
            op.release();
          }
        }
      }
    }
  }

  private void pull(Operation op, Tensor gradient) {
    if (op.find(0) instanceof Recomputation again) {
      again.pull(this, gradient);
      return;
    }
    for (int i = 0; i < op.inputCount(); i++) {
      if (!Order.leads(op, i)) {
        continue;
      }
      int target = order.slotOf(op.input(i));
      if (!needed[target]) {
        continue;
      }
      if (op.pullback(i) instanceof AddingPullback adding && !record) {
        adding.addTo(ownedAdjoint(target), gradient);
      } else {
        add(
            target,
            fitted(op, i, op.custom() ? customPull(op, i, gradient) : pull(op, i, gradient)));
      }
    }
  }

  private static Tensor pull(Operation op, int i, Tensor gradient) {
    return op.pullback(i) instanceof Pullback.WithOutput withOutput
        ? withOutput.apply(gradient, op.output())
        : ((Pullback) op.pullback(i)).apply(gradient);
  }

  /**
   * Runs a user's pullback: its exceptions are wrapped, and it must not lose the second derivative.
   */
  private Tensor customPull(Operation op, int i, Tensor gradient) {
    Tensor g = record && !gradient.requiresGrad() ? gradient.detach().withGrad() : gradient;
    Tensor result;
    try {
      result =
          op.pullback(i) instanceof OncePullback once
              ? once.apply(g, "'" + op.op() + "'", operands(op))
              : pull(op, i, g);
    } catch (StaleValueException | ReleasedGraphException | ClosedTapeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new PullbackException(
          asked
              + ": the pullback of '"
              + op.op()
              + "' for input "
              + i
              + " threw "
              + e
              + "; no gradient was changed"
              + (retain ? "" : ", the graph is released"),
          e);
    }
    if (result == null) {
      throw new IllegalStateException(
          asked + ": " + returned(op, i) + "null; return a tensor, zeros for no derivative");
    }
    if (record && !result.requiresGrad()) {
      throw new IllegalStateException(
          asked
              + ": the pullback of '"
              + op.op()
              + "' for input "
              + i
              + " returned a tensor that was not computed from g by tensor operations, so its"
              + " derivative would silently be zero; write it in tensor operations, or declare it"
              + " with Pullback.once(…)");
    }
    return result;
  }

  private static List<Vertex> operands(Operation op) {
    return IntStream.range(0, op.inputCount()).mapToObj(op::input).toList();
  }

  /** Returns a pullback's result summed to the shape of its input: the inverse of broadcasting. */
  private Tensor fitted(Operation op, int i, Tensor result) {
    Vertex input = op.input(i);
    if (result.dtype() != input.dtype()) {
      throw new DTypeException(
          asked
              + ": "
              + returned(op, i)
              + result.dtype()
              + ", but the input is "
              + input.dtype()
              + "; convert it with to("
              + input.dtype()
              + ")");
    }
    if (result.shape().equals(input.shape())) {
      return result;
    }
    if (!Broadcast.expands(input.shape(), result.shape())) {
      throw new ShapeException(
          asked
              + ": "
              + returned(op, i)
              + result.shape()
              + ", but the input is "
              + input.shape()
              + "; return the input's shape, or one that it broadcasts to");
    }
    return sumTo(result, input.shape());
  }

  /** Returns a tensor summed to a shape it could have been broadcast from. */
  private static Tensor sumTo(Tensor a, Shape target) {
    int extra = a.rank() - target.rank();
    int[] over = new int[a.rank()];
    int n = 0;
    for (int axis = 0; axis < a.rank(); axis++) {
      if (axis < extra || (target.dim(axis - extra) == 1 && a.shape().dim(axis) != 1)) {
        over[n++] = axis;
      }
    }
    return a.sum(Axes.of(Arrays.copyOf(over, n)).keep()).reshape(target);
  }

  private static String returned(Operation op, int i) {
    return "the pullback of '" + op.op() + "' for input " + i + " returned ";
  }

  // ---------------------------------------------------------------- summing

  /** Returns a gradient in storage that outlives this sweep. */
  private Tensor escaped(Tensor gradient) {
    return record || gradient.aliasGuard() != temporary
        ? gradient
        : new Tensor(gradient.array().copy(), Recorder.current().lease(), null);
  }

  private void add(int slot, Tensor gradient) {
    if (outer != null && order.isBorder(order.at(slot))) {
      outer.add(outer.order.slotOf(order.at(slot)), escaped(gradient));
      return;
    }
    Tensor before = adjoints[slot];
    if (before == null) {
      adjoints[slot] = gradient;
    } else if (record) {
      adjoints[slot] = before.add(gradient);
    } else if (owned[slot]) {
      Compute.accumulate(gradient, before.array());
    } else {
      adjoints[slot] = before.add(gradient);
      owned[slot] = true;
    }
  }

  /**
   * Returns the storage of an adjoint that may be changed in place, zeros if nothing has arrived.
   */
  private NdArray ownedAdjoint(int slot) {
    if (outer != null && order.isBorder(order.at(slot))) {
      return outer.ownedAdjoint(outer.order.slotOf(order.at(slot)));
    }
    Tensor before = adjoints[slot];
    if (before == null || !owned[slot]) {
      NdArray storage =
          before == null
              ? NdArray.zeros(order.at(slot).dtype(), order.at(slot).shape())
              : before.array().copy();
      before = new Tensor(storage, Recorder.current().lease(), null);
      adjoints[slot] = before;
      owned[slot] = true;
    }
    return before.array();
  }

  private static void commit(List<Vertex> reached, List<Tensor> gradients) {
    List<Tensor> totals = new ArrayList<>(reached.size());
    synchronized (COMMIT) {
      for (int i = 0; i < reached.size(); i++) {
        GradientSlot slot = reached.get(i).gradient();
        Tensor before = slot == null ? null : slot.value();
        NdArray total =
            before == null
                ? heapStorage(gradients.get(i))
                : Compute.sum(before.array(), gradients.get(i).array());
        totals.add(new Tensor(total, null, null));
      }
      for (int i = 0; i < reached.size(); i++) {
        GradientSlot slot = reached.get(i).gradient();
        if (slot != null) {
          slot.set(totals.get(i));
        }
      }
    }
  }

  /** Returns storage that no tape or parameter owns. */
  private static NdArray heapStorage(Tensor gradient) {
    return gradient.aliasGuard() == null ? gradient.array() : gradient.array().copy();
  }

  private static Tensor untracked(Tensor gradient) {
    if (gradient instanceof Parameter) {
      // It came through as it is, from a seed or a user's pullback; a gradient follows no updates.
      return gradient.keep();
    }
    return gradient.requiresGrad() ? gradient.detach() : gradient;
  }

  private void releaseAll() {
    for (int slot = 0; slot < order.count(); slot++) {
      if (order.at(slot) instanceof Operation op && !order.isBorder(op)) {
        op.release();
      }
    }
  }
}
