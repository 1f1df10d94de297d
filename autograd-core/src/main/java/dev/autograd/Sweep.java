package dev.autograd;

import dev.autograd.array.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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
 *
 * <p><b>Hooks</b> see a gradient between the two: complete, and not yet passed on or stored. From
 * then on nobody adds to it in place, so that a hook may keep what it was given.
 */
final class Sweep {

  private final String asked;
  private final boolean record;
  private final boolean retain;
  private final Order order;
  private final String consequence;
  private final OperandGradient operandGradient;

  /** Looks at what is summed; null for nothing. */
  private final @Nullable FiniteCheck check;

  private @Nullable Tensor[] adjoints = new Tensor[0];
  private boolean[] owned = new boolean[0];
  private boolean[] needed = new boolean[0];

  /** Gives storage back at once; null where it belongs to nobody, or to others too. */
  private @Nullable Recycling recycling;

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
    Recorder recorder = Recorder.current();
    this.asked = asked;
    this.outer = outer;
    this.temporary = temporary;
    this.record = options.recordsSweep();
    this.retain = options.keepsGraph();
    this.order = new Order(asked, retain, border, recorder);
    this.consequence =
        retain ? "no gradient was changed" : "no gradient was changed, the graph is released";
    this.check = FiniteCheck.of(recorder);
    this.operandGradient = new OperandGradient(asked, record, consequence, check);
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
    List<LeafGradient> reached = new ArrayList<>();
    List<Tensor> totals = new ArrayList<>();
    sweep.run(
        roots,
        options,
        () -> {
          Arrays.fill(sweep.needed, true);
          sweep.propagate(
              (vertex, gradient, slot) -> {
                GradientSlot place = vertex.gradient();
                if (place != null) {
                  reached.add(new LeafGradient(vertex, place, gradient, slot));
                }
                // Of an operation it is passed on too.
                return vertex instanceof Operation && place != null;
              });
          totals.addAll(GradientSlot.addAll(reached, sweep.recycling, sweep.check));
        });
    Recorder.current().sweepCompleted();
    for (int i = 0; i < reached.size(); i++) {
      afterBackward(reached.get(i), totals.get(i));
    }
  }

  /** Runs a leaf's hooks on the sum of its gradients, when the sweep is over. */
  private static void afterBackward(LeafGradient leaf, Tensor total) {
    Details known = leaf.vertex().knownDetails();
    Hooks hooks = known == null ? null : known.afterBackward;
    if (hooks != null) {
      hooks.pass(
          "backward: the hook after it on " + leaf.vertex(),
          "all gradients are stored",
          false,
          total);
    }
  }

  /** Returns the gradient of the root per target; null where it does not depend on it. */
  static @Nullable Tensor[] gradients(Tensor root, List<Vertex> targets, GradOptions options) {
    Sweep sweep = new Sweep("grad", options);
    @Nullable Tensor[] found = new Tensor[targets.size()];
    sweep.run(
        List.of(root),
        options,
        () -> {
          boolean[] wanted = sweep.placesOf(targets);
          sweep.markPathsTo(targets);
          sweep.propagate(
              (vertex, gradient, slot) -> {
                if (wanted[slot]) {
                  sweep.adjoints[slot] = options.recordsSweep() ? gradient : untracked(gradient);
                }
                return wanted[slot];
              });
          for (int i = 0; i < found.length; i++) {
            int slot = sweep.order.slotOf(targets.get(i));
            found[i] = slot < 0 ? null : sweep.adjoints[slot];
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
   * @param tape the tape it was recorded on, which ends with it; null if it is kept
   */
  void continueInto(Tensor root, Tensor gradient, Set<Vertex> border, @Nullable Tape tape) {
    GradOptions options = record ? GradOptions.createGraph() : GradOptions.defaults();
    Sweep inner = new Sweep(asked, options, this, border, tape == null ? null : tape.lease());
    inner.run(
        List.of(root),
        options.seed(gradient),
        () -> {
          inner.markPathsTo(border.stream().filter(this::needs).toList());
          inner.propagate((vertex, complete, slot) -> false);
        });
  }

  private boolean needs(Vertex vertex) {
    int slot = order.slotOf(vertex);
    // A parameter that was frozen since has no place here.
    return slot >= 0 && needed[slot];
  }

  /** Returns whether the sweep itself is recorded, for further derivatives. */
  boolean isRecorded() {
    return record;
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
      List<Tensor> seeds = Seeds.of(asked, roots, options);
      for (Tensor root : roots) {
        order.discover(root.vertex());
      }
      order.complete();
      discovered = true;
      if (outer == null) {
        recorder.lastSweepSize(order.count());
      }
      adjoints = new Tensor[order.count()];
      owned = new boolean[order.count()];
      needed = new boolean[order.count()];
      // Whoever intercepts operations is shown what formulas compute on the way, and may keep it.
      boolean seen = record || check != null || recorder.interceptor() != null;
      if (!seen && this.outer == null) {
        recycling = Recycling.of(recorder.lease(), order.count());
      }
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

  private boolean[] placesOf(List<Vertex> vertices) {
    boolean[] places = new boolean[order.count()];
    for (Vertex vertex : vertices) {
      int slot = order.slotOf(vertex);
      if (slot >= 0) {
        places[slot] = true;
      }
    }
    return places;
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
      // Behind the border lies the sweep that this one is a part of.
      int operands = order.isBorder(vertex) ? 0 : vertex.inputCount();
      for (int i = 0; i < operands && !needed[slot]; i++) {
        needed[slot] = Order.leads(vertex, i) && needed[order.slotOf(vertex.input(i))];
      }
    }
  }

  /** What is done with the complete gradient of a vertex. */
  private interface Sink {

    /** Takes a gradient; returns whether somebody holds it from now on. */
    boolean accept(Vertex vertex, Tensor gradient, int slot);
  }

  private void propagate(Sink sink) {
    for (int slot = order.count() - 1; slot >= 0; slot--) {
      Tensor sum = adjoints[slot];
      Vertex vertex = order.at(slot);
      if (sum != null && needed[slot]) {
        adjoints[slot] = null;
        Tensor gradient = hooked(vertex, sum, slot);
        boolean held = sink.accept(vertex, gradient, slot);
        if (recycling != null && held) {
          recycling.share(slot);
        }
        if (vertex instanceof Operation op) {
          current = op;
          pull(op, gradient, slot);
          current = null;
          if (op.released()) {
            // By a sweep on another thread: what it let go of was left out here.
            throw op.released(asked);
          }
          if (!retain) {
            op.release();
          }
        }
      }
    }
  }

  /** Returns a complete gradient as the hooks on it leave it. */
  private Tensor hooked(Vertex vertex, Tensor gradient, int slot) {
    Details known = vertex.knownDetails();
    Hooks hooks = known == null ? null : known.onGradient;
    if (hooks == null) {
      return gradient;
    }
    if (recycling != null) {
      recycling.share(slot);
    }
    return hooks.pass(asked + ": the hook on " + vertex, consequence, record, gradient);
  }

  private void pull(Operation op, Tensor gradient, int slot) {
    if (op.find(0) instanceof Recomputation again) {
      if (again.operands().stream().anyMatch(this::needs)) {
        again.pull(this, gradient);
      }
      return;
    }
    // What users are shown, they may keep.
    Recycling own = op.custom() ? null : recycling;
    int before = own == null ? 0 : own.mark();
    Tensor prepared = check == null ? op.prepared(gradient) : check.prepared(op, gradient);
    int preparedNumber = own == null ? Recycling.SHARED : own.keep(prepared, before);
    for (int i = 0; i < op.inputCount(); i++) {
      if (!Order.leads(op, i)) {
        continue;
      }
      int target = order.slotOf(op.input(i));
      if (target < 0 || !needed[target]) {
        continue;
      }
      int mark = own == null ? 0 : own.mark();
      if (op.pullback(i) instanceof AddingPullback adding && addsInPlace(adding, target)) {
        adding.addTo(ownedAdjoint(target), prepared);
      } else {
        add(target, operandGradient.of(op, i, gradient, prepared));
      }
      if (own != null) {
        own.arrived(target, adjoints[target], mark);
      }
    }
    if (own != null) {
      own.passed(preparedNumber, prepared, op, order, adjoints);
      own.passed(own.number(slot, gradient), gradient, op, order, adjoints);
    }
  }

  private boolean addsInPlace(AddingPullback adding, int target) {
    return !record && check == null && (!hasArrived(target) || adding.takesOnce());
  }

  private boolean hasArrived(int slot) {
    return (outer != null && order.isBorder(order.at(slot)))
        ? outer.hasArrived(outer.order.slotOf(order.at(slot)))
        : adjoints[slot] != null;
  }

  // ---------------------------------------------------------------- summing

  /** Returns a gradient in storage that outlives this sweep. */
  private Tensor escaped(Tensor gradient) {
    return record || gradient.aliasGuard() != temporary
        ? gradient
        : Allocation.copy(gradient.array());
  }

  private void add(int slot, Tensor gradient) {
    if (outer != null && order.isBorder(order.at(slot))) {
      outer.add(outer.order.slotOf(order.at(slot)), escaped(gradient));
      return;
    }
    Tensor before = adjoints[slot];
    if (before == null) {
      adjoints[slot] = gradient;
    } else if (check != null) {
      adjoints[slot] = check.sum(asked, order.at(slot), before, gradient);
    } else if (record) {
      adjoints[slot] = before.add(gradient);
    } else if (owned[slot]) {
      Compute.accumulate(gradient, before.array());
    } else {
      adjoints[slot] = Compute.ownedSum(before, gradient);
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
      before =
          before == null
              ? Allocation.tensor(Allocation.zeros(order.at(slot).dtype(), order.at(slot).shape()))
              : Allocation.copy(before.array());
      adjoints[slot] = before;
      owned[slot] = true;
    }
    return before.array();
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
