package dev.autograd;

import dev.autograd.array.DType;
import dev.autograd.array.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded operation: its operands, and per operand that needs a gradient the pullback. It knows no
 * tensor but what its pullbacks captured, and the output if one of them uses it; {@link #release} lets
 * go of both.
 */
final class Operation extends Vertex {

  private final String op;
  private final Vertex[] inputs;
  private @Nullable Map<String, Object> attributes;

  /** {@link Pullback} or {@link Pullback.WithOutput} per operand, null where none is needed. */
  private @Nullable Object @Nullable [] pullbacks;

  private @Nullable Tensor output;

  /** The version of each operand that is a parameter, at recording; null if none is. */
  private long @Nullable [] versions;

  /** The tape this was recorded on, through its storage; null without an open tape. */
  final @Nullable Lease lease;

  /** Whether the pullbacks are a user's, whose results are checked and whose errors are wrapped. */
  final boolean custom;

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
    this.inputs = inputs;
    this.pullbacks = pullbacks;
    this.lease = lease;
    this.custom = custom;
    for (@Nullable Object pullback : pullbacks) {
      if (pullback instanceof Pullback.WithOutput) {
        this.output = output;
      }
    }
  }

  /** Remembers the version of a parameter operand. */
  void rememberVersion(int i, long version) {
    if (versions == null) {
      versions = new long[inputs.length];
    }
    versions[i] = version;
  }

  /** Adds an attribute for listings. */
  void describe(String key, Object value) {
    if (attributes == null) {
      attributes = new LinkedHashMap<>(4);
    }
    attributes.put(key, value);
  }

  /**
   * Returns if a parameter still has the version this operation was recorded with, or is no operand.
   *
   * @throws StaleValueException if it was updated since
   */
  void checkVersion(Parameter parameter) {
    if (versions == null) {
      return;
    }
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] == parameter.vertex() && versions[i] != parameter.version()) {
        throw new StaleValueException(
            "backward: the derivative of '"
                + op
                + "' reads parameter \""
                + parameter.name()
                + "\", which was updated from version "
                + versions[i]
                + " to "
                + parameter.version()
                + " since the operation was recorded; sweep before the update, or run the forward"
                + " pass again");
      }
    }
  }

  /** Returns whether a gradient of the output leads to one of this operand. */
  boolean leadsTo(int i) {
    return pullbacks != null && pullbacks[i] != null;
  }

  /** Returns whether a sweep has used up this operation. */
  boolean released() {
    return pullbacks == null;
  }

  /** Lets go of everything that only derivatives need. */
  void release() {
    pullbacks = null;
    output = null;
  }

  /** Returns the pullback of operand {@code i}; see {@link #leadsTo}. */
  Object pullback(int i) {
    Object pullback = pullbacks == null ? null : pullbacks[i];
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
    return inputs.length;
  }

  @Override
  Vertex input(int i) {
    return inputs[i];
  }

  @Override
  public String op() {
    return op;
  }

  @Override
  public Map<String, Object> attributes() {
    return attributes == null ? Map.of() : Collections.unmodifiableMap(attributes);
  }

  @Override
  public List<Node> inputs() {
    return List.of(inputs);
  }
}
