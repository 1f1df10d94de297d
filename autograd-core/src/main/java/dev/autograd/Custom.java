package dev.autograd;

import java.util.List;

/** Operations defined outside the framework, as statics that {@link Tensor} inherits. */
abstract sealed class Custom permits Joining {

  /**
   * Returns a value computed by other means, with your own derivative.
   *
   * <pre>{@code
   * static Tensor cbrt(Tensor x) {
   *   return Tensor.custom(
   *       "cbrt", x.map(Math::cbrt), x, (g, y) -> g.chain(y.square().mul(3).reciprocal()));
   * }
   * }</pre>
   *
   * <p>The operation is listed and drawn under its name, with what {@link Tensor#withAttribute}
   * adds. What a pullback throws is the cause of a {@link PullbackException} that names operation
   * and input; a result of another type, or of a shape that its input does not broadcast to, is
   * refused. {@link dev.autograd.check.OpContract} checks all that is expected of an operation.
   *
   * @param op the name for listings and messages
   * @param value the value, computed without recording; copied
   * @param a the operand
   * @param da its derivative, in tensor operations if it shall be differentiated again (otherwise
   *     wrap it in {@link Pullback#once})
   * @throws IllegalArgumentException if the value is tracked, or the name blank
   * @throws DTypeException if the value has no floating type while an operand is tracked
   */
  public static Tensor custom(String op, Tensor value, Tensor a, Pullback da) {
    return record(op, value, List.of(a), List.of(da));
  }

  /**
   * Returns a custom value whose derivative uses the output; see the form with {@link Pullback}.
   */
  public static Tensor custom(String op, Tensor value, Tensor a, Pullback.WithOutput da) {
    return record(op, value, List.of(a), List.of(da));
  }

  /** Returns a custom value of two operands; see the form with one. */
  public static Tensor custom(
      String op, Tensor value, Tensor a, Pullback da, Tensor b, Pullback db) {
    return record(op, value, List.of(a, b), List.of(da, db));
  }

  /**
   * Returns a custom value of two operands whose derivatives use the output; one that does not
   * ignores it: {@code (g, y) -> g}.
   */
  public static Tensor custom(
      String op, Tensor value, Tensor a, Pullback.WithOutput da, Tensor b, Pullback.WithOutput db) {
    return record(op, value, List.of(a, b), List.of(da, db));
  }

  /** Returns a custom value of any number of operands, with one pullback each, in order. */
  public static Tensor custom(
      String op, Tensor value, List<? extends Tensor> inputs, List<Pullback> pullbacks) {
    return record(op, value, inputs, pullbacks);
  }

  private static Tensor record(
      String op, Tensor value, List<? extends Tensor> inputs, List<?> pullbacks) {
    if (op.isBlank()) {
      throw new IllegalArgumentException(
          "custom: the operation has no name; give one, listings and messages need it");
    }
    if (inputs.size() != pullbacks.size()) {
      throw new IllegalArgumentException(
          op
              + ": "
              + inputs.size()
              + " inputs and "
              + pullbacks.size()
              + " pullbacks; give one pullback per input, in order");
    }
    if (value.requiresGrad() && !Recorder.current().ignoresStops()) {
      throw new IllegalArgumentException(
          op
              + ": the value is tracked ("
              + value.describe()
              + "), so its own derivative would be counted too; compute it with map, in"
              + " Autograd.noGrad, or pass detach()");
    }
    if (!value.dtype().isFloating() && inputs.stream().anyMatch(Tensor::requiresGrad)) {
      throw new DTypeException(
          op
              + ": the value is "
              + value.dtype()
              + ", which has no derivative; it must be F32 or F64, convert it with to(F64)");
    }
    // A copy, because the value may stand over an array that its maker can still change.
    Tensor copy = Allocation.copy(value.array());
    return Recording.result(op, copy, inputs, pullbacks, true);
  }
}
