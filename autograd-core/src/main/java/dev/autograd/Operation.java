package dev.autograd;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorded operation: its operands, and per operand that needs a gradient the pullback. It knows
 * no tensor but what its pullbacks captured, and the output if one of them uses it; {@link
 * #release} lets go of both.
 */
sealed class Operation extends Vertex permits WideOperation {

  private final String op;
  private final Vertex first;
  private final @Nullable Vertex second;

  /** {@link Pullback} or {@link Pullback.WithOutput}; null where the operand needs no gradient. */
  private @Nullable Object firstPullback;

  private @Nullable Object secondPullback;
  private @Nullable Tensor output;

  /**
   * Makes an operation on one tensor, or on two.
   *
   * @param usesOutput whether a pullback is a {@link Pullback.WithOutput}
   */
  Operation(
      long id,
      String op,
      Tensor output,
      boolean usesOutput,
      Vertex first,
      @Nullable Object firstPullback,
      @Nullable Vertex second,
      @Nullable Object secondPullback) {
    super(id, output.shape(), output.dtype());
    this.op = op;
    this.first = first;
    this.second = second;
    this.firstPullback = first.tracked() ? firstPullback : null;
    this.secondPullback = second != null && second.tracked() ? secondPullback : null;
    if (usesOutput
        && (this.firstPullback instanceof Pullback.WithOutput
            || this.secondPullback instanceof Pullback.WithOutput)) {
      keep(output);
    }
  }

  /** Keeps the output for pullbacks that use it. */
  final void keep(Tensor recorded) {
    output = recorded;
  }

  /** Returns whether the pullbacks are a user's. */
  final boolean custom() {
    Details known = knownDetails();
    return known != null && known.custom;
  }

  /** Remembers the version of a parameter operand, which a pullback may read later. */
  final void rememberVersion(int i, long version) {
    details().rememberVersion(i, inputCount(), version);
  }

  /** Returns what the elements of the operands were, if it was noted; otherwise nothing. */
  final List<Numbers> operandNumbers() {
    Details known = knownDetails();
    return known == null ? List.of() : known.numbers();
  }

  /** Notes the versions that parameter operands had at recording, where none is noted yet. */
  final void noteVersions(Map<Vertex, Long> noted) {
    long[] versions = versions();
    for (int i = 0; versions != null && i < versions.length; i++) {
      // Of other operands it is 0, which nobody asks for.
      noted.putIfAbsent(input(i), versions[i]);
    }
  }

  private long @Nullable [] versions() {
    Details known = knownDetails();
    return known == null ? null : known.versions();
  }

  /**
   * Returns if a parameter still has the version this operation was recorded with, or is no
   * operand.
   *
   * @throws StaleValueException if it was updated since
   */
  final void checkVersion(Parameter parameter) {
    if (find(0) instanceof Recomputation again) {
      again.checkVersion(this, parameter);
    }
    long[] versions = versions();
    for (int i = 0; versions != null && i < versions.length; i++) {
      if (input(i) == parameter.vertex() && versions[i] != parameter.version()) {
        throw stale(parameter, versions[i]);
      }
    }
  }

  /** Returns the exception for a parameter that was updated since it was read. */
  final StaleValueException stale(Parameter parameter, long recorded) {
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

  /** Returns the pullback of an operand; null if it needs no gradient, or was released. */
  @Nullable Object find(int i) {
    return i == 0 ? firstPullback : secondPullback;
  }

  /** Returns whether a gradient of the output leads to one of this operand. */
  final boolean leadsTo(int i) {
    return find(i) != null;
  }

  /**
   * Returns what the pullbacks are given, made of the gradient of the output once for all of them;
   * mostly that gradient itself. See {@link WideOperation#prepareBy}.
   */
  Tensor prepared(Tensor gradient) {
    return gradient;
  }

  /** Returns whether a sweep has used up this operation. */
  boolean released() {
    return firstPullback == null && secondPullback == null;
  }

  /** Lets go of everything that only derivatives need. */
  void release() {
    firstPullback = null;
    secondPullback = null;
    output = null;
    Details known = knownDetails();
    if (known != null && known.onGradient != null) {
      known.onGradient = null;
    }
  }

  /** Returns the pullback of operand {@code i}; see {@link #leadsTo}. */
  final Object pullback(int i) {
    Object pullback = find(i);
    if (pullback == null) {
      throw released("backward");
    }
    return pullback;
  }

  /** Returns whether a pullback may be a {@link Pullback.WithOutput}. */
  final boolean usesOutput() {
    return output != null;
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
    return second == null ? 1 : 2;
  }

  @Override
  Vertex input(int i) {
    return i == 0 || second == null ? first : second;
  }

  @Override
  public String op() {
    return op;
  }

  @Override
  public List<Node> inputs() {
    return second == null ? List.of(first) : List.of(first, second);
  }
}
