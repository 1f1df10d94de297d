package dev.autograd;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The vertices that the roots of one sweep lead to, operands first: found by an iterative
 * depth-first walk that neither recurses nor keeps a hash set.
 *
 * <p>Each vertex carries the order that claims it and its place in it. A claim by the order of a
 * finished sweep counts as none. A vertex claimed by another running sweep goes to {@link
 * #contested} instead, so that threads may sweep one retained graph, or share leaves, at the same
 * time.
 *
 * <p>Where one of two sweeps would release an operation that both lead to, exactly one may run. The
 * one that has found its whole graph wins. While both are still searching, and each holds a part
 * the other wants, the one of lower rank is refused, and the other waits for it to give way; since
 * all wait for lower ranks only, none waits for ever.
 */
final class Order {

  /** How long to wait until another search is looked at again: it ends within microseconds. */
  private static final long PAUSE_NANOS = 20_000;

  private final String asked;
  private final boolean retain;

  /** Vertices at which the walk ends: they belong to the sweep that this one is a part of. */
  private final Set<Vertex> border;

  /** Decides which of two searching orders gives way; the smaller number is the higher rank. */
  private final long rank;

  /** Whether every vertex is found; stays false if the search fails. */
  private volatile boolean complete;

  private volatile boolean finished;

  private Vertex[] vertices;
  private int count;
  private @Nullable IdentityHashMap<Vertex, Integer> contested;

  /**
   * Makes an empty order.
   *
   * @param asked the call, for messages
   * @param retain whether the sweep leaves the graph usable
   * @param border vertices whose operands are not followed
   * @param recorder this thread's
   */
  Order(String asked, boolean retain, Set<Vertex> border, Recorder recorder) {
    this.asked = asked;
    this.retain = retain;
    this.border = border;
    this.rank = recorder.newId();
    // As many as the last sweep had is a good guess.
    this.vertices = new Vertex[Math.max(16, recorder.lastSweepSize())];
  }

  /** Returns the number of vertices. */
  int count() {
    return count;
  }

  /** Returns the vertex at a place. */
  Vertex at(int slot) {
    return vertices[slot];
  }

  /** Says that every root is discovered: from now on no other order can win over this one. */
  void complete() {
    complete = true;
  }

  /**
   * Gives up all claims, and holds on to nothing: vertices point here until another claims them.
   */
  void finish() {
    Arrays.fill(vertices, 0, count, null);
    vertices = new Vertex[0];
    count = 0;
    contested = null;
    finished = true;
  }

  /** Appends every vertex that a root leads to, operands first. */
  void discover(Vertex root) {
    if (!enter(root)) {
      return;
    }
    Vertex[] path = new Vertex[vertices.length];
    int[] next = new int[vertices.length];
    int depth = 0;
    path[0] = root;
    while (depth >= 0) {
      Vertex vertex = path[depth];
      int i = next[depth]++;
      if (i == vertex.inputCount() || isBorder(vertex)) {
        place(vertex);
        path[depth--] = null;
      } else if (leads(vertex, i) && enter(vertex.input(i))) {
        if (++depth == path.length) {
          path = grown(path);
          next = Arrays.copyOf(next, path.length);
        }
        path[depth] = vertex.input(i);
        next[depth] = 0;
      }
    }
  }

  /** Returns whether the walk ends at a vertex. */
  boolean isBorder(Vertex vertex) {
    return !border.isEmpty() && border.contains(vertex);
  }

  /** Returns whether a vertex's gradient leads to one of its operand {@code i}. */
  static boolean leads(Vertex vertex, int i) {
    return vertex instanceof Operation op && op.leadsTo(i) && op.input(i).tracked();
  }

  /** Marks a vertex as met; false if this sweep has met it before. */
  private boolean enter(Vertex vertex) {
    if (isBorder(vertex)) {
      return elsewhere().putIfAbsent(vertex, -1) == null;
    }
    while (true) {
      Order holder = vertex.claim();
      if (holder == this) {
        return false;
      }
      // Met while another sweep held it, which may have finished since.
      if (contested != null && contested.containsKey(vertex)) {
        return false;
      }
      if (holder != null && !holder.finished) {
        if (vertex instanceof Operation op && !(retain && holder.retain)) {
          giveWayOrWait(op, holder);
          continue;
        }
        enterContested(vertex);
        return true;
      }
      if (vertex.claim(holder, this)) {
        vertex.slot = -1;
        if (vertex instanceof Operation op) {
          checkUsable(op);
        }
        return true;
      }
    }
  }

  /** Throws if the holder has the right to an operation; otherwise lets it find out that not. */
  private void giveWayOrWait(Operation op, Order holder) {
    if (holder.complete || holder.rank < rank) {
      throw new ReleasedGraphException(
          asked
              + ": another sweep is running over the graph at '"
              + op.op()
              + "' and one of the two releases it; pass GradOptions.retainGraph() to both");
    }
    LockSupport.parkNanos(holder, PAUSE_NANOS);
  }

  private void enterContested(Vertex vertex) {
    if (vertex instanceof Operation op) {
      checkUsable(op);
    }
    elsewhere().put(vertex, -1);
  }

  private IdentityHashMap<Vertex, Integer> elsewhere() {
    if (contested == null) {
      contested = new IdentityHashMap<>();
    }
    return contested;
  }

  private void checkUsable(Operation op) {
    if (op.released()) {
      throw op.released(asked);
    }
    Lease lease = op.lease();
    if (lease != null && lease.heldElsewhere()) {
      throw new IllegalStateException(
          asked
              + ": '"
              + op.op()
              + "' was recorded on a tape that another thread holds open; sweep on that thread, or"
              + " record without an open tape");
    }
  }

  /**
   * Returns a longer copy, and empties the array. A large array is born in the old generation,
   * where, dead but not yet collected, it would keep the whole graph alive, to be copied by every
   * collection of the young one (measured: 3 times the cost of an operation).
   */
  private static Vertex[] grown(Vertex[] full) {
    Vertex[] longer = Arrays.copyOf(full, 2 * full.length);
    Arrays.fill(full, null);
    return longer;
  }

  private void place(Vertex vertex) {
    if (count == vertices.length) {
      vertices = grown(vertices);
    }
    vertices[count] = vertex;
    if (vertex.claim() == this) {
      vertex.slot = count;
    } else if (contested != null) {
      contested.put(vertex, count);
    }
    count++;
  }

  /** Returns a vertex's place in the order; -1 if this sweep has not met it. */
  int slotOf(Vertex vertex) {
    if (vertex.claim() == this) {
      return vertex.slot;
    }
    return contested == null ? -1 : contested.getOrDefault(vertex, -1);
  }
}
