package dev.autograd;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded operation: its operands, and per operand that needs a gradient the pullback. It knows
 * no tensor but what its pullbacks captured, and the output if one of them uses it; {@link
 * #release} lets go of both.
 */
final class Operation extends Vertex {

  private final String op;
  private final Vertex first;
  private final @Nullable Vertex second;

  /** All operands of an operation on more than two. */
  private final Vertex @Nullable [] all;

  /** {@link Pullback} or {@link Pullback.WithOutput}; null where the operand needs no gradient. */
  private @Nullable Object firstPullback;

  private @Nullable Object secondPullback;
  private @Nullable Object @Nullable [] allPullbacks;
  private @Nullable Tensor output;
  private @Nullable Details details;

  /** The tape this was recorded on, through its storage; null without an open tape. */
  final @Nullable Lease lease;

  /** Whether the pullbacks are a user's, whose results are checked and whose errors are wrapped. */
  final boolean custom;

  /** What only some operations have. */
  private static final class Details {
    private @Nullable Map<String, Object> attributes;

    /** Per operand, the version at recording if it is a parameter. */
    private long @Nullable [] versions;
  }

  /** Makes an operation on one tensor, or on two. */
  Operation(
      long id,
      String op,
      Tensor output,
      Vertex first,
      @Nullable Object firstPullback,
      @Nullable Vertex second,
      @Nullable Object secondPullback,
      @Nullable Lease lease) {
    super(id, output.shape(), output.dtype());
    this.op = op;
    this.first = first;
    this.second = second;
    this.all = null;
    this.firstPullback = first.tracked() ? firstPullback : null;
    this.secondPullback = second != null && second.tracked() ? secondPullback : null;
    this.lease = lease;
    this.custom = false;
    if (this.firstPullback instanceof Pullback.WithOutput
        || this.secondPullback instanceof Pullback.WithOutput) {
      this.output = output;
    }
  }

  /** Makes an operation on any number of tensors, at least one. */
  Operation(
      long id,
      String op,
      Tensor output,
      Vertex[] inputs,
      @Nullable Object[] pullbacks,
      @Nullable Lease lease,
      boolean custom) {
    super(id, output.shape(), output.dtype());
    this.op = op;
    this.first = inputs[0];
    this.second = null;
    this.all = inputs;
    this.allPullbacks = pullbacks;
    this.lease = lease;
    this.custom = custom;
    for (int i = 0; i < inputs.length; i++) {
      if (!inputs[i].tracked()) {
        pullbacks[i] = null;
      } else if (pullbacks[i] instanceof Pullback.WithOutput) {
        this.output = output;
      }
    }
  }

  private Details details() {
    if (details == null) {
      details = new Details();
    }
    return details;
  }

  /** Remembers the version of a parameter operand, which a pullback may read later. */
  void rememberVersion(int i, long version) {
    Details own = details();
    if (own.versions == null) {
      own.versions = new long[inputCount()];
    }
    own.versions[i] = version;
  }

  /** Adds an attribute for listings. */
  void describe(String key, Object value) {
    Details own = details();
    if (own.attributes == null) {
      own.attributes = new LinkedHashMap<>(4);
    }
    own.attributes.put(key, value);
  }

  /**
   * Returns if a parameter still has the version this operation was recorded with, or is no
   * operand.
   *
   * @throws StaleValueException if it was updated since
   */
  void checkVersion(Parameter parameter) {
    if (details == null || details.versions == null) {
      return;
    }
    for (int i = 0; i < inputCount(); i++) {
      if (input(i) == parameter.vertex() && details.versions[i] != parameter.version()) {
        throw stale(parameter, details.versions[i]);
      }
    }
  }

  private StaleValueException stale(Parameter parameter, long recorded) {
    return new StaleValueException(
        "backward: the derivative of '"
            + op
            + "' reads parameter \""
            + parameter.name()
            + "\", which was updated from version "
            + recorded
            + " to "
            + parameter.version()
            + " since the operation was recorded; sweep before the update, or run the forward pass"
            + " again");
  }

  private @Nullable Object find(int i) {
    if (all == null) {
      return i == 0 ? firstPullback : secondPullback;
    }
    return allPullbacks == null ? null : allPullbacks[i];
  }

  /** Returns whether a gradient of the output leads to one of this operand. */
  boolean leadsTo(int i) {
    return find(i) != null;
  }

  /** Returns whether a sweep has used up this operation. */
  boolean released() {
    return firstPullback == null && secondPullback == null && allPullbacks == null;
  }

  /** Lets go of everything that only derivatives need. */
  void release() {
    firstPullback = null;
    secondPullback = null;
    allPullbacks = null;
    output = null;
  }

  /** Returns the pullback of operand {@code i}; see {@link #leadsTo}. */
  Object pullback(int i) {
    Object pullback = find(i);
    if (pullback == null) {
      throw released("backward");
    }
    return pullback;
  }

  /** Returns the recorded output, kept for {@link Pullback.WithOutput}. */
  Tensor output() {
    if (output == null) {
      throw released("backward");
    }
    return output;
  }

  /** Returns the exception for a sweep that came too late. */
  ReleasedGraphException released(String asked) {
    return new ReleasedGraphException(
        asked
            + ": an earlier sweep has released the graph at '"
            + op
            + "'; pass GradOptions.retainGraph() to the earlier one, add the results before"
            + " sweeping, use Autograd.backward(List.of(a, b)), or run the forward pass again");
  }

  @Override
  boolean tracked() {
    return true;
  }

  @Override
  int inputCount() {
    if (all != null) {
      return all.length;
    }
    return second == null ? 1 : 2;
  }

  @Override
  Vertex input(int i) {
    if (all != null) {
      return all[i];
    }
    return i == 0 || second == null ? first : second;
  }

  @Override
  public String op() {
    return op;
  }

  @Override
  public Map<String, Object> attributes() {
    return details == null || details.attributes == null
        ? Map.of()
        : Collections.unmodifiableMap(details.attributes);
  }

  @Override
  public List<Node> inputs() {
    if (all != null) {
      return List.of(all);
    }
    return second == null ? List.of(first) : List.of(first, second);
  }
}
