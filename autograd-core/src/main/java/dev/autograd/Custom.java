package dev.autograd;

import dev.autograd.array.NdArray;
import java.util.List;

/** Operations defined outside the framework; see {@link Tensor#custom}. */
final class Custom {

  private Custom() {}

  static Tensor record(String op, Tensor value, List<? extends Tensor> inputs, List<?> pullbacks) {
    if (inputs.size() != pullbacks.size()) {
      throw new IllegalArgumentException(
          op
              + ": "
              + inputs.size()
              + " inputs and "
              + pullbacks.size()
              + " pullbacks; give one pullback per input, in order");
    }
    if (value.requiresGrad()) {
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
    NdArray copy = value.array().copy();
    return Recording.result(op, copy, inputs, pullbacks, true);
  }
}
